"""Degree students in the same courses, as the study system tells; friends who wait together."""

from contextlib import suppress
from datetime import timedelta

from mikrokraad.catalogue.models import CourseSection, Run, RunSection
from mikrokraad.core.calendar import day_of, start_of
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.report import OPEN
from mikrokraad.demo.seed.university import FULL
from mikrokraad.people.models import Person
from mikrokraad.seats import actions
from mikrokraad.seats.lists import lists_of
from mikrokraad.seats.queries import taken_of
from mikrokraad.seats.rules import CannotJoinGroup, PoolKey

BESIDE = 20  # degree students in each course of the open programme
KEPT = 25
TOO_MANY = 2
WEEKS_BEFORE = 2  # what is kept for degree students is free for everybody


def show_degree_students(town: Town, runs: dict[str, Run]) -> None:
    """They sit in the courses of the open programme; one course of a full one bursts."""
    if OPEN in runs and FULL in runs:
        town.diary.begin(_enrolling(town, runs[OPEN], runs[FULL]))


def _enrolling(town: Town, run: Run, full: Run) -> Life:
    yield town.now - timedelta(hours=20)
    for section in required(run):
        _list_of(town, section, BESIDE)
    first = required(run)[0]
    actions.set_pool(
        first.capacity,
        PoolKey.DEGREE,
        reserved=KEPT,
        cap=None,
        released_at=start_of(run.starts_on - timedelta(weeks=WEEKS_BEFORE)),
        by=run.contact,
        at=town.at,
    )
    for section in required(full):
        if not _shared(section):
            unit = section.capacity
            free = unit.size - taken_of([unit.pk]).get(unit.pk, 0)
            _list_of(town, section, free + TOO_MANY)
            return


def required(run: Run) -> list[CourseSection]:
    links = run.run_sections.filter(required=True).select_related("section__capacity")
    return [link.section for link in links.order_by("section__code")]


def _shared(section: CourseSection) -> bool:
    return RunSection.objects.filter(section=section).count() > 1


def _list_of(town: Town, section: CourseSection, students: int) -> None:
    """The study system's list of a section: so many students."""
    since = day_of(town.at).isoformat()
    of = {"section": section.code, "term": section.term_id, "since": since}
    code = section.course.code.replace(".", "")
    records = [{**of, "student": f"{code}-{n:03}"} for n in range(1, students + 1)]
    actions.import_places(lists_of(records, at=town.at), by=None, at=town.at)


def waiting_together(town: Town, run: Run, friends: list[Person]) -> Life:
    """Two of those who wait only want to come together; a small demonstration may have
    a place for them before that."""
    yield town.now - timedelta(hours=1)
    with suppress(CannotJoinGroup):
        group = actions.make_group(run, friends[0], at=town.at)
        for friend in friends[1:]:
            actions.join_group(group, friend, at=town.at)
