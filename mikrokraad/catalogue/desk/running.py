"""Runs at the desk: those that are held, and those that are planned."""

from datetime import date

from django.db.models import Q, QuerySet

from mikrokraad.catalogue.desk.writing import reviewers_for
from mikrokraad.catalogue.models import (
    Course,
    CourseSection,
    Intake,
    PlannedRun,
    Programme,
    ProgrammeVersion,
    Run,
)
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of


def intakes_for(version: ProgrammeVersion, *, on: date) -> list[Intake]:
    """Semesters one can still apply for and in which it does not run yet, next first."""
    of_programme = Q(version__programme=version.programme_id)
    held = Run.objects.filter(of_programme, Q(cancelled_at=None) | Q(version=version))
    planned = PlannedRun.objects.filter(of_programme)
    return list(
        Intake.objects.filter(default_deadline__gte=on)
        .exclude(pk__in=held.values("intake"))
        .exclude(pk__in=planned.values("intake"))
        .select_related("term")
        .order_by("term__starts_on")
    )


def runs_of(programme: Programme) -> list[Run]:
    """Every run of a programme, whatever its version, the latest first."""
    return list(
        Run.objects.filter(version__programme=programme)
        .select_related("version__programme__kind", "intake__term", "contact")
        .prefetch_related("price_lines")
        .order_by("-starts_on")
    )


def plans_of(programme: Programme) -> list[PlannedRun]:
    return list(
        PlannedRun.objects.filter(version__programme=programme)
        .select_related("version", "intake__term", "contact")
        .order_by("intake__term__starts_on")
    )


def plans_at(person: Person) -> QuerySet[PlannedRun]:
    return PlannedRun.objects.filter(
        version__programme__unit__in=units_of(person, *DESK_DUTIES)
    ).select_related("version__programme__kind", "intake__term", "contact", "like")


def teachings_for(plan: PlannedRun) -> list[tuple[Course, CourseSection | None, int]]:
    """Each course of the version, its teaching in the semester, and how many sessions."""
    parts = plan.version.components.select_related("course").order_by("position")
    known = CourseSection.objects.filter(
        course__in=[part.course_id for part in parts], term=plan.intake.term_id
    ).prefetch_related("sessions")
    sections = {section.course_id: section for section in known.order_by("-code")}
    return [
        (part.course, section, len(section.sessions.all()) if section else 0)
        for part in parts
        for section in [sections.get(part.course_id)]
    ]


def contacts_for(version: ProgrammeVersion, *, besides: Person) -> list[Person]:
    """Who can be a run's contact: people with the duty over its unit."""
    return [besides, *reviewers_for(version, besides=besides)]
