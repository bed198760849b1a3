"""What studies knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.people.models import Person
from mikrokraad.studies import queries
from mikrokraad.studies.models import CompletionDecision, Enrolment, SectionPlace


def about(person: Person) -> dict[str, Any]:
    """Enrolments with each course, every confirmed result, and what was earned."""
    return {
        "enrolments": [_enrolment(each) for each in queries.enrolments_of(person)],
    }


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "id": enrolment.pk,
        "programme": enrolment.run.version.title,
        "starts": enrolment.run.starts_on,
        "ends": enrolment.run.ends_on,
        "state": enrolment.state,
        "enrolled_at": enrolment.enrolled_at,
        "courses": [_course(each) for each in enrolment.section_places.all()],
        "completion": _completion(getattr(enrolment, "completion", None)),
    }


def _course(place: SectionPlace) -> dict[str, Any]:
    course = place.section.course
    return {
        "code": course.code,
        "title": course.title,
        "ects": course.ects,
        "results": [
            {
                "grade": each.grade,
                "confirmed_at": each.confirmed_at,
                "reason": each.reason,
            }
            for each in place.results.all()
        ],
    }


def _completion(completion: CompletionDecision | None) -> dict[str, Any] | None:
    if completion is None:
        return None
    return {
        "earned": completion.earned,
        "passed_ects": completion.passed_ects,
        "decided_at": completion.decided_at,
    }
