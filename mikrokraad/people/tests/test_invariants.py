"""Each invariant, broken on purpose past the door, is seen and named."""

from datetime import date

import pytest

from conftest import NOON
from mikrokraad.people import actions, invariants, personal_codes
from mikrokraad.people.models import Duty, NationalId, Person
from mikrokraad.people.register import record, seal_register
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.test_register import without_triggers

pytestmark = pytest.mark.django_db
GOOD = "49002010965"


def broken() -> dict[str, str]:
    return dict(invariants.broken(at=NOON))


@pytest.fixture
def liis() -> Person:
    person = people.person()
    actions.set_personal_code(person, GOOD, by=person, at=NOON)
    Person.objects.filter(pk=person.pk).update(identity_confirmed_at=NOON)
    return person


def test_nothing_is_broken_in_a_sound_house(liis: Person) -> None:
    people.staff(Duty.OFFICER)
    seal_register()

    assert broken() == {}
    assert set(invariants.CHECKED) == {"H1", "H2", "H3", "H4"}


def test_h1_a_line_of_the_register_was_changed(liis: Person) -> None:
    record("again", liis, by=liis, at=NOON)
    seal_register()

    without_triggers("UPDATE people_registerentry SET thing = 'somebody else'")

    assert set(broken()) == {"H1"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sealed": b"nonsense-that-nobody-sealed"}, "cannot be opened"),
        ({"sealed": personal_codes.sealed("49002010966")}, "is not one"),
        ({"keyed_hash": "0" * 64}, "cannot be found by its hash"),
    ],
)
def test_h2_a_code_that_is_not_sound(
    liis: Person, changes: dict[str, object], words: str
) -> None:
    NationalId.objects.update(**changes)

    found = broken()

    assert set(found) == {"H2"}
    assert words in found["H2"]
    assert GOOD not in found["H2"]


@pytest.mark.parametrize("born", [None, date(1990, 2, 2)])
def test_h2_another_birth_date_than_the_code_says(
    liis: Person, born: date | None
) -> None:
    Person.objects.filter(pk=liis.pk).update(birth_date=born)

    assert "another birth date" in broken()["H2"]


def test_h3_somebody_closed_with_a_duty() -> None:
    mari = people.staff(Duty.FINANCE)
    Person.objects.filter(pk=mari.pk).update(is_active=False)

    assert broken() == {"H3": f"person {mari.pk} is closed and still finance"}


@pytest.mark.parametrize("name", ["given_name", "family_name"])
def test_h4_confirmed_without_a_name(liis: Person, name: str) -> None:
    Person.objects.filter(pk=liis.pk).update(**{name: ""})

    assert set(broken()) == {"H4"}
