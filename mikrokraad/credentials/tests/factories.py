"""Learners who have finished, and what they were issued."""

from datetime import UTC, date, datetime
from secrets import token_urlsafe
from uuid import uuid4

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.credentials import actions
from mikrokraad.credentials.models import Credential
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people
from mikrokraad.studies.models import CompletionDecision, Enrolment
from mikrokraad.studies.rules import Earned

DECIDED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ISSUED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def learner(
    given_name: str = "Liis", family_name: str = "Maasikas", **facts: object
) -> Person:
    """Somebody whose identity is confirmed."""
    return people.person(
        given_name,
        family_name,
        **{
            "birth_date": date(1990, 2, 10),
            "identity_confirmed_at": people.LONG_AGO,
            **facts,
        },
    )


def basis(run: Run, *, passed: int = 99, letters: str = "ABCDE") -> dict[str, object]:
    """What a decision was made of: the first `passed` courses and outcomes were passed."""
    sections = [each.section for each in run.run_sections.order_by("pk")]
    outcomes = run.version.outcomes.order_by("position")
    return {
        "courses": [
            {
                "course": section.course.pk,
                "code": section.course.code,
                "title": section.course.title,
                "ects": section.course.ects,
                "grade": letters[place % len(letters)] if place < passed else "F",
                "scale": "letters",
                "lecturers": ["Kaarel Kask"],
                "passed_on": "2027-06-11" if place < passed else "",
                "passed": place < passed,
            }
            for place, section in enumerate(sections)
        ],
        "outcomes": [
            {"position": each.position, "passed": passed >= len(sections)}
            for each in outcomes
        ],
    }


def completion(
    person: Person | None = None,
    run: Run | None = None,
    *,
    earned: Earned = Earned.CERTIFICATE,
) -> CompletionDecision:
    """A frozen decision: everything passed, or only the first course."""
    people.institution()
    taught = run or catalogue.run()
    passed = {Earned.CERTIFICATE: 99, Earned.STATEMENT: 1, Earned.NOTHING: 0}[earned]
    told = basis(taught, passed=passed)
    enrolment = Enrolment.objects.create(
        person=person or learner(),
        run=taught,
        application_id=uuid4(),
        state="completed",
        calendar_token=token_urlsafe(16),
        enrolled_at=people.LONG_AGO,
    )
    return CompletionDecision.objects.create(
        enrolment=enrolment,
        earned=earned,
        passed_ects=sum(each["ects"] for each in told["courses"] if each["passed"]),  # type: ignore[attr-defined]
        basis=told,
        decided_at=DECIDED,
    )


def credential(
    person: Person | None = None,
    run: Run | None = None,
    *,
    earned: Earned = Earned.CERTIFICATE,
    at: datetime = ISSUED,
) -> Credential:
    """A credential in force."""
    return actions.issue(completion(person, run, earned=earned), by=None, at=at)
