"""What still has room when a course is full."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.seats.queries import left_in_sections


@dataclass(frozen=True, slots=True)
class WithRoom:
    """A section, and how many seats it has left."""

    section: CourseSection
    left: int


@dataclass(frozen=True, slots=True)
class FullCourse:
    """A required section without a seat, and other teachings of its course with some."""

    section: CourseSection
    teachings: list[WithRoom]


def full_courses(run: Run, *, at: datetime) -> list[FullCourse]:
    """Required courses of a run that are full, with other teachings in the same term."""
    taken_by_all = CourseSection.objects.filter(
        run_sections__run=run, run_sections__required=True
    )
    required = list(taken_by_all.select_related("course"))
    left = left_in_sections(required, at=at)
    full = [each for each in required if not left.get(each.pk)]
    if not full:
        return []
    others = CourseSection.objects.filter(
        course__in=[each.course_id for each in full],
        term__in={each.term_id for each in full},
    ).exclude(pk__in=[each.pk for each in full])
    room = _with_room(others.select_related("course"), at=at)
    return [
        FullCourse(
            each,
            [
                one
                for one in room
                if one.section.course_id == each.course_id
                and one.section.term_id == each.term_id
            ],
        )
        for each in full
    ]


def electives_with_room(run: Run, *, at: datetime) -> list[WithRoom]:
    """Courses to choose that have a seat left."""
    offered = CourseSection.objects.filter(
        run_sections__run=run, run_sections__required=False
    )
    return _with_room(offered.select_related("course"), at=at)


def _with_room(sections: Iterable[CourseSection], *, at: datetime) -> list[WithRoom]:
    known = sorted(sections, key=lambda each: each.code)
    left = left_in_sections(known, at=at)
    return [WithRoom(each, n) for each in known if (n := left.get(each.pk, 0))]
