"""Each invariant holds after everything that can happen, and is named when broken."""

import pytest

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pathways import invariants, queries
from mikrokraad.pathways.models import Equivalence
from mikrokraad.pathways.queries import Degree
from mikrokraad.pathways.tests import factories
from mikrokraad.pathways.tests.factories import AT
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [code for code, _sentence in invariants.broken(at=AT)]


@pytest.fixture
def enrolment() -> Enrolment:
    """Somebody whose two passed courses count in a degree."""
    made = studies.confirmed(studies.enrolment(), "A", "B")
    slots = factories.slots_of(factories.curriculum())
    for place, slot in zip(studies.places_of(made), slots, strict=False):
        factories.counts(place.section.course, slot)
    return made


def test_a_sound_house_has_nothing_to_say(enrolment: Enrolment) -> None:
    assert broken() == []
    assert set(invariants.CHECKED) == {"P1", "P2"}


def test_p1_a_course_in_two_places(enrolment: Enrolment) -> None:
    (degree,) = queries.degrees_for(enrolment.person)
    twice = [*degree.fillings, degree.fillings[0]]
    bad = Degree(degree.curriculum, degree.rows, twice)

    assert list(invariants.filled_twice([degree])) == []
    course, place = invariants.filled_twice([bad])
    assert "fills 2 places" in course
    assert "2 courses fill place" in place


def test_p2_no_rule(enrolment: Enrolment) -> None:
    Equivalence.objects.filter(pk=Equivalence.objects.order_by("pk")[0].pk).update(
        rule="  "
    )

    assert broken() == ["P2"]


def test_p2_a_proposal_may_still_lack_its_rule() -> None:
    slot = factories.slots_of(factories.curriculum())[0]
    factories.counts(catalogue.course(), slot, decided_by=None, rule="")

    assert broken() == []


def test_p2_a_final_thesis() -> None:
    thesis = factories.slots_of(factories.curriculum())[-1]
    factories.counts(catalogue.course(), thesis)

    assert broken() == ["P2"]


def test_p2_more_than_the_place_has() -> None:
    slot = factories.slots_of(factories.curriculum())[0]
    factories.counts(catalogue.course(), slot, ects=7)

    assert broken() == ["P2"]
