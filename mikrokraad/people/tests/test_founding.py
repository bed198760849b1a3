"""An installation that begins: its university, its units and its first staff."""

from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mikrokraad.people import founding, rules
from mikrokraad.people.models import (
    Duty,
    Institution,
    Person,
    RegisterEntry,
    Role,
    Unit,
)
from mikrokraad.people.tests import factories

pytestmark = pytest.mark.django_db

TOLD = {
    "name_et": "Proovi Ülikool",
    "name_en": "Trial University",
    "short": "PRÜ",
    "registry_code": "74001073",
    "place": "Tartu",
    "address": "Ülikooli 18, 50090 Tartu",
    "email": "mikro@example.org",
    "iban": "EE47 1000 0010 2014 5685",
}


def said(command: str, *words: str, **options: Any) -> str:  # noqa: ANN401 -- any option
    out = StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def test_a_university_is_founded_with_its_first_unit() -> None:
    told = said("found", **TOLD)

    kept = Institution.objects.get()
    assert kept.name == {"et": "Proovi Ülikool", "en": "Trial University"}
    assert kept.iban == "EE471000001020145685"
    assert kept.quality_assurance == founding.USUAL_QUALITY
    assert Unit.objects.get().code == "PRÜ"
    assert told.startswith("The university is founded.\n")
    assert told.endswith("Next: mikrokraad appoint EMAIL --role officer\n")
    assert [entry.verb for entry in RegisterEntry.objects.order_by("pk")] == [
        "people.institution.founded",
        "people.unit.opened",
    ]


def test_founding_again_changes_nothing_and_says_what_is_there() -> None:
    said("found", **TOLD)
    rows = RegisterEntry.objects.count()

    told = said("found")

    assert told.startswith(
        "Nothing was changed.\n  Proovi Ülikool | Trial University\n"
    )
    assert said("found", **TOLD).startswith("Nothing was changed.")
    assert RegisterEntry.objects.count() == rows


def test_what_is_told_otherwise_later_is_changed_and_kept_in_the_register() -> None:
    said("found", **TOLD)

    told = said("found", name_en="Test University", email="kool@example.org")

    kept = Institution.objects.get()
    assert told.startswith("Changed: email, name.")
    assert kept.name == {"et": "Proovi Ülikool", "en": "Test University"}
    assert kept.registry_code == "74001073"
    entry = RegisterEntry.objects.get(verb="people.institution.changed")
    assert entry.facts["was"]["email"] == "mikro@example.org"


def test_what_is_missing_is_named_when_there_is_nobody_to_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO())

    with pytest.raises(CommandError, match=r"This is missing: --short, --iban\."):
        said("found", **{**TOLD, "short": None, "iban": None})

    assert not Institution.objects.exists()


class Somebody(StringIO):
    """At a keyboard."""

    def isatty(self) -> bool:
        return True


def test_who_sits_at_a_keyboard_is_asked_until_the_answer_can_be_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", Somebody("\nEE00\nEE471000001020145685\n"))

    said("found", **{**TOLD, "vat_number": "", "iban": None})

    assert Institution.objects.get().iban == "EE471000001020145685"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"iban": "EE471000001020145684"}, "not an account number"),
        ({"registry_code": "74001074"}, "not an Estonian registry code"),
        ({"vat_number": "EE123"}, "not a VAT number"),
        ({"email": "mikro"}, "not an e-mail address"),
    ],
)
def test_a_number_that_cannot_be_right_founds_nothing(
    wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        said("found", **{**TOLD, **wrong})

    assert not Institution.objects.exists()
    assert not Unit.objects.exists()


def test_a_registry_code_of_another_country_is_kept_as_it_is_told() -> None:
    assert rules.registry_code(" 0245437-2 ", country="FI") == "0245437-2"


def test_a_unit_is_opened_once_below_another() -> None:
    above = factories.unit("LT")

    told = said(
        "open_unit", "LTAT", name_et="Instituut", name_en="Institute", parent="lt"
    )

    assert told == "Unit LTAT is open.\n"
    assert Unit.objects.get(code="LTAT").parent == above
    assert said("open_unit", "LTAT", name_et="X", name_en="Y") == (
        "Unit LTAT was there already.\n"
    )


def test_a_unit_below_nothing_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no unit “LT”"):
        said("open_unit", "LTAT", name_et="Instituut", name_en="Institute", parent="LT")


@pytest.mark.parametrize("duty", Duty)
def test_somebody_new_is_appointed_to_a_duty(duty: Duty) -> None:
    factories.institution()

    told = said("appoint", "Mari.Tamm@example.org", role=str(duty))

    made = Person.objects.get()
    assert made.email == "mari.tamm@example.org"
    assert Role.objects.get().duty == duty
    assert told.startswith(f"Mari.Tamm@example.org is now {duty} everywhere.\n")
    assert "/sign-in/" in told
    entry = RegisterEntry.objects.get(verb="people.duty.given")
    assert (entry.thing, entry.facts) == (
        f"people.Person:{made.pk}",
        {"duty": str(duty), "unit": None, "told": "command line"},
    )


def test_appointing_twice_is_once() -> None:
    factories.institution()
    known = factories.person("Mari")
    factories.unit("LTAT")

    said("appoint", known.email, role="lecturer", unit="LTAT")
    told = said("appoint", known.email, role="lecturer", unit="LTAT")

    assert "was already lecturer in LTAT." in told
    assert Role.objects.count() == 1
    assert Person.objects.count() == 1
    assert RegisterEntry.objects.filter(verb="people.duty.given").count() == 1


def test_a_duty_is_taken_back() -> None:
    factories.institution()
    officer = factories.staff(Duty.OFFICER)

    told = said("appoint", officer.email, role="officer", end=True)
    again = said("appoint", officer.email, role="officer", end=True)

    assert told == f"{officer.email} is no longer officer everywhere.\n"
    assert again.endswith("was not officer everywhere; nothing was changed.\n")
    assert not Role.objects.exists()
    assert RegisterEntry.objects.filter(verb="people.duty.taken_back").count() == 1


def test_a_closed_account_gets_no_duty() -> None:
    factories.institution()
    left = factories.person(is_active=False)

    with pytest.raises(CommandError, match="This account is closed"):
        said("appoint", left.email, role="officer")

    assert not Role.objects.exists()


def test_nobody_is_appointed_before_there_is_a_university_or_in_no_unit() -> None:
    with pytest.raises(CommandError, match="mikrokraad found"):
        said("appoint", "mari@example.org", role="officer")
    factories.institution()
    with pytest.raises(CommandError, match="There is no unit “LTAT”"):
        said("appoint", "mari@example.org", role="officer", unit="LTAT")

    assert not Person.objects.exists()


def test_what_is_there_names_the_staff_and_the_next_step(noon: datetime) -> None:
    said("found", **TOLD)
    said("appoint", "mari@example.org", role="officer")

    told = said("found")

    assert "  officer: mari@example.org\n" in told
    assert "Next: mikrokraad import_ehis FILE" in told
