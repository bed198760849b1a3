"""Learners, their lecturers, and their results."""

from datetime import UTC, datetime
from uuid import uuid4

from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seat_actions
from mikrokraad.studies import actions
from mikrokraad.studies.models import Enrolment, SectionPlace

ENROLLED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MID_TERM = datetime(2027, 4, 15, 9, 0, tzinfo=UTC)
EXAM_WEEK = datetime(2027, 6, 14, 9, 0, tzinfo=UTC)
AFTER = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)


def lecturer(given_name: str = "Kaarel") -> Person:
    return people.staff(Duty.LECTURER, given_name=given_name)


def taught_run(lecturer: Person, places: int = 20) -> Run:
    """A run with places whose sections one person teaches."""
    run = catalogue.run()
    seat_actions.open_capacity(run, places, by=None, at=ENROLLED)
    for section in sections_of(run):
        section.teachers.add(lecturer)
        seat_actions.open_capacity(section, places, by=None, at=ENROLLED)
    return run


def sections_of(run: Run) -> list[CourseSection]:
    return [
        each.section
        for each in run.run_sections.select_related("section__course").order_by(
            "section__course__code"
        )
    ]


def enrolment(run: Run | None = None, learner: Person | None = None) -> Enrolment:
    """Somebody with confirmed places, enrolled the way admissions enrols."""
    taught = run or taught_run(lecturer())
    person = learner or people.person()
    bundle = seat_actions.take_bundle(taught, person, hold_until=EXAM_WEEK, at=ENROLLED)
    seat_actions.confirm_bundle(bundle, at=ENROLLED)
    return actions.open_enrolment(
        ApplicantEnrolled(uuid4(), person.pk, taught.pk, bundle.pk, ENROLLED)
    )


def places_of(enrolment: Enrolment) -> list[SectionPlace]:
    return list(
        enrolment.section_places.select_related(
            "section__course", "enrolment"
        ).order_by("section__course__code")
    )


def confirmed(
    enrolment: Enrolment, *grades: str, at: datetime = EXAM_WEEK
) -> Enrolment:
    """The same enrolment with these grades confirmed, course by course."""
    for place, grade in zip(places_of(enrolment), grades, strict=False):
        teacher = place.section.teachers.get()
        actions.enter_grade(place, grade, by=teacher, at=at)
        actions.confirm_results(place.section, by=teacher, at=at)
    enrolment.refresh_from_db()
    return enrolment
