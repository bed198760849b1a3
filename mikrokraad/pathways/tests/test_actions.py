"""Deciding that a course fills a place of a degree."""

import pytest

from mikrokraad.catalogue.models import Course
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core.errors import Refusal
from mikrokraad.pathways import actions, rules
from mikrokraad.pathways.models import Equivalence, Slot
from mikrokraad.pathways.tests import factories
from mikrokraad.pathways.tests.factories import AT, TODAY
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def slots() -> list[Slot]:
    return factories.slots_of(factories.curriculum())


@pytest.fixture
def course() -> Course:
    return catalogue.course(ects=9)


def add(
    course: Course, slot: Slot, by: Person, rule: str = "outcomes compared"
) -> Equivalence:
    return actions.add_equivalence(
        course, slot, rule=rule, valid_from=TODAY, by=by, at=AT
    )


def test_adding_decides_at_once_and_cites_its_rule(
    course: Course, slots: list[Slot]
) -> None:
    aino = factories.assessor()

    made = add(course, slots[0], aino, rule=" outcomes compared ")

    assert (made.decided_by, made.rule, made.ects) == (aino, "outcomes compared", 6)
    entry = RegisterEntry.objects.get(verb="pathways.equivalence.added")
    assert (entry.by, entry.facts) == (aino, {"rule": "outcomes compared"})


@pytest.mark.parametrize(
    ("which", "rule", "refusal"),
    [
        (3, "outcomes compared", rules.ThesisIsNeverFilled),
        (0, " ", rules.RuleMissing),
        (1, "outcomes compared", rules.CountsAlready),
    ],
)
def test_refused_additions_change_nothing(
    course: Course, slots: list[Slot], which: int, rule: str, refusal: type[Refusal]
) -> None:
    factories.counts(course, slots[1])

    with pytest.raises(refusal):
        add(course, slots[which], factories.assessor(), rule)

    assert Equivalence.objects.count() == 1


@pytest.mark.parametrize("duty", [None, *Duty])
def test_only_an_assessor_of_the_unit_decides(
    course: Course, slots: list[Slot], duty: Duty | None
) -> None:
    proposed = factories.counts(course, slots[0], decided_by=None)
    elsewhere = people.unit("OTHER")
    who = people.staff(duty, unit=elsewhere) if duty else people.person()

    with pytest.raises(rules.NotYourCurriculum):
        add(course, slots[1], who)
    with pytest.raises(rules.NotYourCurriculum):
        actions.confirm_equivalence(proposed, by=who, at=AT)

    proposed.refresh_from_db()
    assert proposed.decided_by is None
    assert Equivalence.objects.count() == 1


def test_confirming_twice_keeps_who_was_first(
    course: Course, slots: list[Slot]
) -> None:
    proposed = factories.counts(course, slots[0], decided_by=None)
    first, second = factories.assessor(), factories.assessor()

    actions.confirm_equivalence(proposed, by=first, at=AT)
    actions.confirm_equivalence(proposed, by=second, at=AT)

    proposed.refresh_from_db()
    assert proposed.decided_by == first
    verbs = RegisterEntry.objects.filter(verb="pathways.equivalence.confirmed")
    assert verbs.count() == 1


@pytest.mark.parametrize(
    ("which", "rule", "refusal"),
    [(3, "compared", rules.ThesisIsNeverFilled), (0, "", rules.RuleMissing)],
)
def test_what_must_not_count_is_not_confirmed(
    course: Course, slots: list[Slot], which: int, rule: str, refusal: type[Refusal]
) -> None:
    proposed = factories.counts(course, slots[which], decided_by=None, rule=rule)

    with pytest.raises(refusal):
        actions.confirm_equivalence(proposed, by=factories.assessor(), at=AT)

    proposed.refresh_from_db()
    assert proposed.decided_by is None
