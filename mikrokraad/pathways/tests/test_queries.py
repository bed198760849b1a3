"""Where courses count, and how much of a degree somebody has."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mikrokraad.catalogue.models import Course
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pathways import queries
from mikrokraad.pathways.tests import factories
from mikrokraad.pathways.tests.factories import TODAY
from mikrokraad.people.tests import factories as people
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def course() -> Course:
    return catalogue.course("Statistics")


def taken(enrolment: Enrolment) -> list[Course]:
    return [each.section.course for each in studies.places_of(enrolment)]


def test_counts_towards_names_the_place(course: Course) -> None:
    curriculum = factories.curriculum()
    slot = factories.slots_of(curriculum)[1]
    factories.counts(course, slot)

    (found,) = queries.counts_towards([course.pk])[course.pk]

    assert (found.curriculum, found.slot, found.ects) == (curriculum, slot, 6)
    assert found.compulsory


def test_counts_towards_knows_the_courses_of_a_version() -> None:
    version = catalogue.version()
    first = version.components.order_by("position")[0].course
    factories.counts(first, factories.slots_of(factories.curriculum())[0])

    assert list(queries.counts_towards(version)) == [first.pk]


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY, True),
        (TODAY - DAY, TODAY - DAY, False),
    ],
)
def test_an_equivalence_holds_from_its_first_to_its_last_day(
    course: Course,
    first: date,
    last: date | None,
    holds: bool,  # noqa: FBT001 -- a parameter of the table above
) -> None:
    slot = factories.slots_of(factories.curriculum())[0]
    factories.counts(course, slot, valid_from=first, valid_until=last)

    assert bool(queries.counts_towards([course.pk])) == holds


def test_a_proposal_and_a_thesis_count_nowhere(course: Course) -> None:
    first, *_rest, thesis = factories.slots_of(factories.curriculum())
    factories.counts(course, first, decided_by=None)
    factories.counts(course, thesis)

    assert queries.counts_towards([course.pk]) == {}
    assert queries.curricula_of([course.pk]) == []


def test_documents_name_each_curriculum_once(course: Course) -> None:
    other = catalogue.course()
    curriculum = factories.curriculum("Computer Science")
    slots = factories.slots_of(curriculum)
    factories.counts(course, slots[0])
    factories.counts(course, slots[1])
    factories.counts(other, slots[0])

    assert queries.curricula_of([course.pk, other.pk]) == [curriculum.title]


def test_a_degree_shows_what_is_filled_and_what_can_be() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "B")
    passed, taking = taken(enrolment)
    slots = factories.slots_of(factories.curriculum())
    factories.counts(passed, slots[1])
    factories.counts(taking, slots[0])

    (degree,) = queries.degrees_for(enrolment.person)

    core, thesis = degree.rows
    assert (core.filled, core.fillable, core.missing) == (6, 6, 6)
    assert (thesis.filled, thesis.fillable, thesis.missing) == (0, 0, 30)
    assert (degree.filled, degree.fillable) == (6, 6)
    assert [(f.course, f.slot, f.now) for f in degree.fillings] == [
        (taking, slots[0], False),
        (passed, slots[1], True),
    ]


def test_what_was_failed_counts_nowhere() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "F")
    slot = factories.slots_of(factories.curriculum())[0]
    factories.counts(taken(enrolment)[0], slot)

    assert queries.degrees_for(enrolment.person) == []


def test_a_small_place_counts_for_no_more_than_it_has() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A")
    slot = factories.slots_of(factories.curriculum())[0]
    slot.ects = 3
    slot.save()
    factories.counts(taken(enrolment)[0], slot, ects=6)

    (degree,) = queries.degrees_for(enrolment.person)

    assert degree.filled == 3


def test_the_fullest_degree_comes_first() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "B")
    first, second = taken(enrolment)
    thin, full = factories.curriculum("Thin"), factories.curriculum("Full")
    factories.counts(first, factories.slots_of(thin)[0])
    factories.counts(first, factories.slots_of(full)[0])
    factories.counts(second, factories.slots_of(full)[1])

    degrees = queries.degrees_for(enrolment.person)

    assert [each.curriculum for each in degrees] == [full, thin]


def test_the_number_of_degrees_costs_no_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A")
    for _n in range(4):
        curriculum = factories.curriculum()
        factories.counts(taken(enrolment)[0], factories.slots_of(curriculum)[0])

    with django_assert_num_queries(9):
        assert len(queries.degrees_for(enrolment.person)) == 4


def test_an_assessor_sees_their_own_units_curricula() -> None:
    own = factories.curriculum()
    factories.curriculum(unit=people.unit("OTHER"))
    slot = factories.slots_of(own)[0]
    factories.counts(catalogue.course(), slot)
    factories.counts(catalogue.course(), slot, decided_by=None)

    (found,) = queries.curricula_at(factories.assessor())

    assert (found, found.decided, found.waiting) == (own, 1, 1)  # type: ignore[attr-defined]  # annotations


def test_the_thesis_is_no_place_to_choose() -> None:
    curriculum = factories.curriculum()

    found = list(queries.slots_in(curriculum))

    assert found == factories.slots_of(curriculum)[:3]
