"""When a course is full, what still has room is said."""

from datetime import timedelta

import pytest

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions
from mikrokraad.seats.alternatives import electives_with_room, full_courses
from mikrokraad.seats.rules import NoSeatLeft
from mikrokraad.seats.tests.factories import open_places, run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def another_teaching(of: CourseSection, code: str, places: int) -> CourseSection:
    made = CourseSection.objects.create(
        course=of.course, term=of.term, code=code, language="en", mode="block"
    )
    actions.open_capacity(made, places, by=None, at=clock.now())
    return made


def test_a_full_course_names_its_other_teachings_with_room() -> None:
    run = run_with_places(5)
    full, other = run.sections.order_by("code")
    actions.open_capacity(full, 0, by=None, at=clock.now())
    another_teaching(full, "B", 3)
    another_teaching(full, "C", 0)
    another_teaching(other, "D", 9)

    (found,) = full_courses(run, at=clock.now())

    assert found.section == full
    assert [(each.section.code, each.left) for each in found.teachings] == [("B", 3)]


def test_nothing_is_full_while_every_course_has_a_seat() -> None:
    assert full_courses(run_with_places(0), at=clock.now()) == []


@pytest.fixture
def run() -> Run:
    version = catalogue.version()
    catalogue.elective_group(version)
    run = catalogue.run(version)
    open_places(run, 5)
    return run


def test_who_chooses_a_full_course_hears_what_else_there_is(run: Run) -> None:
    at = clock.now()
    bundle = actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)
    actions.confirm_bundle(bundle, at=at)
    links = run.run_sections.filter(required=False).order_by("section__code")
    full, other = (link.section for link in links)
    actions.open_capacity(full, 0, by=None, at=at)
    name = other.course.title["en"]

    with pytest.raises(NoSeatLeft, match=rf"still room in: {name} \(100\)") as refused:
        actions.choose_sections(bundle, [full], at=at)

    assert refused.value.bottleneck == full.code
    assert [each.section for each in electives_with_room(run, at=at)] == [other]
    actions.open_capacity(other, 0, by=None, at=at)
    with pytest.raises(NoSeatLeft, match=r"”\.$"):
        actions.choose_sections(bundle, [full], at=at)
