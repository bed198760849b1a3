"""The register only grows, and a change made past that shows in its seals."""

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import NOON
from mikrokraad.people import register
from mikrokraad.people.models import RegisterEntry, RegisterSeal
from mikrokraad.people.register import broken_seals, named, record, seal_register
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


def three_lines() -> list[RegisterEntry]:
    liis = people.person()
    for verb in ("one", "two", "three"):
        record(verb, liis, by=liis, at=NOON, said="jah")
    return list(RegisterEntry.objects.order_by("pk"))


def without_triggers(sql: str) -> None:
    """Do what somebody with the database password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "DROP TRIGGER people_registerentry_append_only ON people_registerentry"
            )
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER people_registerentry_no_{verb}")
        cursor.execute(sql)


def test_a_line_says_who_what_when() -> None:
    first = three_lines()[0]

    assert first.by is not None
    assert (first.verb, first.at, first.facts) == ("one", NOON, {"said": "jah"})
    assert first.thing == named(first.by) == f"people.Person:{first.by.pk}"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE people_registerentry SET verb = 'never'",
        "DELETE FROM people_registerentry",
    ],
)
def test_the_database_refuses_to_change_a_line(change: str) -> None:
    three_lines()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)

    assert set(RegisterEntry.objects.values_list("verb", flat=True)) == {
        "one",
        "two",
        "three",
    }


def test_lines_are_sealed_once_each_in_order() -> None:
    lines = three_lines()

    first, second, third = seal_register(most=2), seal_register(), seal_register()

    sealed = RegisterSeal.objects.order_by("pk").values_list("entry", flat=True)
    assert (first, second, third) == (2, 1, 0)
    assert list(sealed) == [line.pk for line in lines]
    assert broken_seals() == []


def test_a_quick_look_seals_what_is_new_and_the_whole_look_what_came_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(register, "NEWEST", 1)
    first, second, third = three_lines()
    assert third.by is not None
    RegisterSeal.objects.create(entry=third, chained=register.chained(third, ""))

    assert seal_register(whole=False) == 0
    record("four", third.by, by=third.by, at=NOON)
    assert seal_register(whole=False) == 1
    assert seal_register() == 2

    sealed = RegisterSeal.objects.order_by("pk").values_list("entry", flat=True)
    assert list(sealed) == [third.pk, third.pk + 1, first.pk, second.pk]
    assert broken_seals() == []


def test_a_changed_line_shows() -> None:
    second = three_lines()[1]
    seal_register()

    without_triggers(
        f"UPDATE people_registerentry SET verb = 'never' WHERE id = {second.pk}"
    )

    assert broken_seals() == [second.pk]


def test_a_line_taken_out_with_its_seal_shows_in_the_next() -> None:
    _first, second, third = three_lines()
    seal_register()

    RegisterSeal.objects.filter(entry=second).delete()
    without_triggers(f"DELETE FROM people_registerentry WHERE id = {second.pk}")

    assert broken_seals() == [third.pk]
