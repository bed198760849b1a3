"""Letters as people read them: those that were sent, and one that is only prepared."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from mikrokraad.admissions import wording
from mikrokraad.admissions.helping import help_after
from mikrokraad.admissions.models import Application, Decision, Outcome
from mikrokraad.core.calendar import day_of
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.prose import html_of, subject_and_body


@dataclass(frozen=True)
class Letter:
    subject: str
    body: SafeString
    language: str
    at: datetime


def sent(message: OutboxMessage) -> Letter:
    """A letter that is in the outbox, sent or about to be."""
    letter = message.payload
    return Letter(
        letter["subject"],
        html_of(letter["body"]),
        letter["language"],
        message.created_at,
    )


def prepared(decision: Decision, *, at: datetime) -> Letter:
    """The letter of a decision as it would go out at `at`."""
    application = decision.application
    name = Outcome(decision.outcome).value
    language = application.person.language
    with translation.override(language):
        text = render_to_string(
            f"admissions/letters/{name}.md", _facts(decision, application, at)
        )
    subject, body = subject_and_body(text)
    return Letter(subject, html_of(body), language, at)


def _facts(
    decision: Decision, application: Application, at: datetime
) -> dict[str, object]:
    last_day = day_of(at) + timedelta(days=settings.OFFER_OPEN_DAYS - 1)
    return {
        "person": application.person,
        "public_url": settings.PUBLIC_URL,
        "application": application,
        "run": application.run,
        "last_day": last_day,
        "reasons": wording.reasons(decision),
        "why": next(iter(wording.reasons(decision)), ""),
        "note": decision.note,
        "help": help_after(decision, application.run),
        "conditions": list(decision.conditions.order_by("position")),
    }
