"""Lessons and results: courses are chosen, grades are entered, and confirmed later."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Max

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.rules import Grading
from mikrokraad.core.calendar import start_of
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.studies import actions
from mikrokraad.studies.choices import choices_of
from mikrokraad.studies.models import Enrolment, SectionPlace
from mikrokraad.studies.rules import GRADES, LIVE, PASSED, Grade

# How somebody does in a run.
FATES = WELL, PARTLY, BADLY, ABSENT, LATE, FORGOTTEN = (
    "well",
    "partly",
    "badly",
    "absent",
    "late",
    "forgotten",
)
GOOD = [Grade.A, Grade.A, Grade.B, Grade.B, Grade.C, Grade.D]


def choosing(town: Town, run: Run) -> Life:
    """In the first week, learners choose enough courses of each elective group."""
    if not run.version.elective_groups.exists():
        return
    yield max(start_of(run.starts_on), town.at)
    for enrolment in _by_name(Enrolment.objects.filter(run=run, state__in=LIVE)):
        wanted: list[UUID] = []
        for choice in choices_of(enrolment):
            ects = 0
            for section in choice.sections:
                if ects < choice.least:
                    wanted.append(section.pk)
                    ects += section.course.ects
        actions.choose_electives(enrolment, wanted, by=enrolment.person, at=town.at)


def exam_of(section: CourseSection) -> datetime:
    """When the last exam of a section is over."""
    ends = section.sessions.aggregate(last=Max("ends_at"))["last"]
    assert ends is not None  # the timetable gives every section sessions
    return cast("datetime", ends)


def lecturer_email(section: CourseSection) -> str:
    first = section.teachers.order_by("email").first()
    return first.email if first else ""


def assessing(
    town: Town, section: CourseSection, entered: datetime, *, confirm: bool = True
) -> Life:
    """The lecturer enters the grades at `entered`, and confirms them days later."""
    lecturer = section.teachers.order_by("email").first()
    if lecturer is None:
        return
    yield entered
    for place in _places(section):
        grade = _grade(town, place)
        if grade:
            actions.enter_grade(place, grade, by=lecturer, at=town.at)
    if confirm:
        yield town.office(2)
        actions.confirm_results(section, by=lecturer, at=town.at)


def catching_up(town: Town, section: CourseSection, at: datetime, fate: str) -> Life:
    """Those who come to the exam later; of some, the result is entered and not confirmed."""
    lecturer = section.teachers.order_by("email").first()
    if lecturer is None:
        return
    yield at
    for place in _places(section):
        if town.fate_of(place.enrolment) == fate and not place.entered_grade:
            grade = _good(town, place)
            actions.enter_grade(place, grade, by=lecturer, at=town.at)
    if fate == LATE:
        yield town.office(1)
        actions.confirm_results(section, by=lecturer, at=town.at)


def _places(section: CourseSection) -> list[SectionPlace]:
    places = SectionPlace.objects.filter(
        section=section, enrolment__state__in=LIVE, results=None
    ).select_related("enrolment__person", "section__course")
    return sorted(places, key=lambda place: place.enrolment.person.email)


def _by_name(enrolments: Iterable[Enrolment]) -> list[Enrolment]:
    return sorted(enrolments, key=lambda each: each.person.email)


def _grade(town: Town, place: SectionPlace) -> str:
    """What somebody gets; "" when they have not come yet."""
    fate = town.fate_of(place.enrolment)
    if fate in (LATE, FORGOTTEN) and _is_last(place):
        return ""
    if fate == ABSENT or (fate == PARTLY and _is_last(place)):
        return Grade.NOT_PRESENT
    if fate == BADLY:
        return _worst(place)
    return _good(town, place)


def _is_last(place: SectionPlace) -> bool:
    """Whether it is the last course of the run in the order of codes."""
    last = place.enrolment.section_places.order_by("-section__course__code").first()
    return last is not None and last.pk == place.pk


def _worst(place: SectionPlace) -> str:
    scale = GRADES[Grading(place.section.course.grading)]
    return next(grade for grade in reversed(scale[:-1]) if grade not in PASSED)


def _good(town: Town, place: SectionPlace) -> str:
    if place.section.course.grading == Grading.PASS_FAIL:
        return Grade.PASS
    return town.rng.choice(GOOD)
