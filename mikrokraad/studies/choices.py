"""Reads of elective courses: what there is to choose, and what was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.texts import Text
from mikrokraad.seats.queries import left_in_sections
from mikrokraad.studies.models import Enrolment


def electives_in(run: Run) -> QuerySet[CourseSection]:
    """The course sections of a run that its learners choose among, in their order."""
    return (
        CourseSection.objects.filter(
            run_sections__run=run, run_sections__required=False
        )
        .select_related("course__field")
        .prefetch_related("teachers")
        .order_by("course__code")
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One elective group of an enrolment. Units: ECTS."""

    title: Text
    least: int
    chosen: int
    sections: list[CourseSection]

    @property
    def missing(self) -> int:
        return max(0, self.least - self.chosen)


def choices_of(enrolment: Enrolment) -> list[Choice]:
    """What an enrolment has chosen, and still has to choose, group by group."""
    version = enrolment.run.version
    by_course = {each.course_id: each for each in electives_in(enrolment.run)}
    taken = {place.section_id for place in enrolment.section_places.all()}
    found = []
    for group in version.elective_groups.prefetch_related("components").order_by("key"):
        courses = sorted(group.components.all(), key=lambda each: each.position)
        sections = [by_course[c.course_id] for c in courses if c.course_id in by_course]
        chosen = sum(each.course.ects for each in sections if each.pk in taken)
        found.append(Choice(group.title, group.min_ects, chosen, sections))
    return found


def seats_left(offered: Iterable[Choice], *, at: datetime) -> dict[UUID, int]:
    """Seats left in each course to choose."""
    return left_in_sections([s for each in offered for s in each.sections], at=at)
