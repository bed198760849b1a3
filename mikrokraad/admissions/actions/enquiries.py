"""Asking the contact person, and answering: by letter, and kept with the case."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions.enquiring import enquiries_past_keeping
from mikrokraad.admissions.models import Enquiry
from mikrokraad.admissions.rules import AlreadyAnswered
from mikrokraad.catalogue.models import Run
from mikrokraad.core import outbox
from mikrokraad.people.letters import write_letter, write_to_address
from mikrokraad.people.models import Person
from mikrokraad.people.register import named, record

LETTERS = "admissions/letters/enquiry_{}.md"


@transaction.atomic
def ask_contact(
    run: Run,
    question: str,
    *,
    name: str,
    email: str,
    language: str,
    by: Person | None,
    at: datetime,
) -> Enquiry:
    """Keep a question, give its asker a copy, and tell the contact person."""
    enquiry = Enquiry.objects.create(
        run=run,
        person=by,
        name=name,
        email=email,
        language=language,
        question=question,
        asked_at=at,
    )
    facts: dict[str, Any] = {
        "enquiry": enquiry,
        "run": run,
        "question": _quoted(question),
    }
    write_to_address(
        LETTERS.format("copy"),
        email,
        language,
        about=enquiry,
        key=f"enquiry copy:{enquiry.pk}",
        at=at,
        **facts,
    )
    write_letter(
        LETTERS.format("new"),
        run.contact,
        about=enquiry,
        key=f"enquiry new:{enquiry.pk}",
        at=at,
        **facts,
    )
    record("enquiry: ask", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, text: str, *, by: Person, at: datetime) -> Enquiry:
    """Send the answer in the language of whoever asked, and keep it. Once.

    Refuses with AlreadyAnswered.
    """
    enquiry = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("run__version", "run__contact")
        .get(pk=enquiry.pk)
    )
    if enquiry.answered_at is not None:
        raise AlreadyAnswered(
            _("This has been answered already. The answer stands below the question.")
        )
    enquiry.answer, enquiry.answered_at, enquiry.answered_by = text, at, by
    enquiry.save(update_fields=["answer", "answered_at", "answered_by"])
    write_to_address(
        LETTERS.format("answer"),
        enquiry.email,
        enquiry.language,
        about=enquiry,
        key=f"enquiry answer:{enquiry.pk}",
        at=at,
        enquiry=enquiry,
        run=enquiry.run,
        question=_quoted(enquiry.question),
        answer=text,
        answered_by=by,
    )
    record("enquiry: answer", enquiry, by=by, at=at)
    return enquiry


@transaction.atomic
def forget_enquiries(*, at: datetime) -> int:
    """Take out what has been kept for as long as a draft, and the letters' texts.

    How many were.
    """
    over = list(enquiries_past_keeping(at=at))
    outbox.forget_about([named(each) for each in over], at=at)
    Enquiry.objects.filter(pk__in=[each.pk for each in over]).delete()
    return len(over)


def _quoted(text: str) -> str:
    """Every line as a quotation in Markdown."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
