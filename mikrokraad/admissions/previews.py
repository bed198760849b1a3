"""Letters as people read them: those that were sent, and one that is only prepared."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.admissions import wording
from mikrokraad.admissions.helping import help_after
from mikrokraad.admissions.letter_names import name_of
from mikrokraad.admissions.models import Application, Decision, Outcome
from mikrokraad.core.calendar import day_of, moment_text
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.core.prose import html_of
from mikrokraad.people.letter_texts import version_in_use
from mikrokraad.people.letters import worded


@dataclass(frozen=True)
class Letter:
    """`body` is empty once the text is not kept any more; `kind` is that of a tag."""

    subject: str
    body: SafeString | str
    language: str
    at: datetime
    delivery: str = ""
    kind: str = "plain"


def sent(message: OutboxMessage) -> Letter:
    """A letter of the outbox: whatever became of it, and with or without its text."""
    letter = message.payload
    language = letter.get("language") or get_language() or settings.LANGUAGE_CODE
    delivery, kind = _delivery(message)
    if message.forgotten_at:
        with translation.override(language):
            subject, body = name_of(letter.get("template", "")), ""
    else:
        subject, body = letter["subject"], html_of(letter["body"])
    return Letter(subject, body, language, message.created_at, delivery, kind)


def _delivery(message: OutboxMessage) -> tuple[str, str]:
    """How far a letter has come, in words, and the kind of tag for it."""
    if message.sent_at and message.state == Delivery.SENT:
        return _("sent {moment}").format(moment=moment_text(message.sent_at)), "good"
    if message.state == Delivery.DEAD:
        return _("could not be sent"), "bad"
    if message.last_error:
        return _("not sent yet, we try again"), "wait"
    return _("on its way"), "info"


def prepared(decision: Decision, *, at: datetime) -> Letter:
    """The letter of a decision as it would go out at `at`."""
    application = decision.application
    name = Outcome(decision.outcome).value
    language = application.person.language
    template = f"admissions/letters/{name}.md"
    with translation.override(language):
        facts = _facts(decision, application, at)
    version = version_in_use(template)
    subject, body = worded(template, language, version, facts)
    return Letter(subject, html_of(body), language, at)


def _facts(
    decision: Decision, application: Application, at: datetime
) -> dict[str, object]:
    last_day = day_of(at) + timedelta(days=settings.OFFER_OPEN_DAYS - 1)
    return {
        "person": application.person,
        "application": application,
        "run": application.run,
        "last_day": last_day,
        "reasons": wording.reasons(decision),
        "why": next(iter(wording.reasons(decision)), ""),
        "note": decision.note,
        "help": help_after(decision, application.run),
        "conditions": list(decision.conditions.order_by("position")),
    }
