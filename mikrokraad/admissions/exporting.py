"""What admissions knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.admissions.enquiring import enquiries_of
from mikrokraad.admissions.models import AcceptanceLetter, Application, Enquiry
from mikrokraad.people.models import Person


def about(person: Person) -> dict[str, Any]:
    """Applications with every answer; decisions once they are released."""
    mine = (
        Application.objects.filter(person=person)
        .select_related("run__version")
        .prefetch_related("evidence", "decisions", "messages")
        .order_by("started_at")
    )
    return {
        "applications": [_application(each) for each in mine],
        "questions": [_question(each) for each in enquiries_of(person)],
    }


def _question(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "programme": enquiry.run.version.title,
        "asked_at": enquiry.asked_at,
        "name": enquiry.name,
        "email": enquiry.email,
        "question": enquiry.question,
        "answered_at": enquiry.answered_at,
        "answer": enquiry.answer,
    }


def _application(application: Application) -> dict[str, Any]:
    return {
        "id": application.pk,
        "programme": application.run.version.title,
        "state": application.state,
        "started_at": application.started_at,
        "submitted_at": application.submitted_at,
        "education": application.education,
        "education_about": application.education_about,
        "answers": application.answers,
        "payer_kind": application.payer_kind,
        "payer": application.payer,
        "files": [
            {
                "name": each.name,
                "bytes": each.size,
                "uploaded_at": each.uploaded_at,
                "removed_at": each.removed_at,
            }
            for each in application.evidence.all()
        ],
        "decisions": [
            {
                "outcome": each.outcome,
                "reasons": each.reasons,
                "note": each.note,
                "released_at": each.released_at,
            }
            for each in application.decisions.all()
            if each.released_at
        ],
        "acceptance_letter": AcceptanceLetter.objects.filter(application=application)
        .values("number", "issued_on")
        .first(),
        "messages": [
            {
                "mine": each.by_id == application.person_id,
                "at": each.at,
                "text": each.text,
            }
            for each in application.messages.all()
        ],
    }
