"""Letters to people: written in their language, sent through the outbox.

A letter is a template `<room>/letters/<name>.md`: its first line is the subject,
the rest is Markdown. It is rendered at once, so that it says what was true when
it was written, and kept in the outbox with the case it is about.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation

from mikrokraad.core import outbox
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.prose import subject_and_body
from mikrokraad.people.models import Person
from mikrokraad.people.register import named, record


def write_letter(
    template: str,
    to: Person,
    *,
    about: Model,
    key: str,
    at: datetime,
    due_at: datetime | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever the template needs
) -> OutboxMessage:
    """Put one letter in the outbox; the same `key` twice is one letter.

    `template` is like "admissions/letters/offer.md". It sees `person`,
    `public_url` and `facts`.
    """
    letter = _letter(template, to.email, to.language, person=to, **facts)
    return _put({**letter, "person": str(to.pk)}, about, key=key, at=at, due_at=due_at)


def write_to_address(
    template: str,
    address: str,
    language: str,
    *,
    about: Model,
    key: str,
    at: datetime,
    due_at: datetime | None = None,
    **facts: Any,  # noqa: ANN401 -- whatever the template needs
) -> OutboxMessage:
    """The same to somebody who need not be known here."""
    letter = _letter(template, address, language, **facts)
    return _put(letter, about, key=key, at=at, due_at=due_at)


def _letter(
    template: str,
    address: str,
    language: str,
    **facts: Any,  # noqa: ANN401 -- whatever the template needs
) -> dict[str, str]:
    with translation.override(language):
        text = render_to_string(template, {"public_url": settings.PUBLIC_URL, **facts})
    subject, body = subject_and_body(text)
    return {"to": address, "language": language, "subject": subject, "body": body}


def _put(
    letter: dict[str, str],
    about: Model,
    *,
    key: str,
    at: datetime,
    due_at: datetime | None,
) -> OutboxMessage:
    return outbox.put(
        "letter",
        key=f"letter:{key}",
        about=named(about),
        payload=letter,
        at=at,
        due_at=due_at,
    )


@transaction.atomic
def send_again(message: OutboxMessage, *, by: Person, at: datetime) -> bool:
    """Let a dead message be tried anew, and keep who asked. Twice is once: False."""
    again = outbox.send_again(message, at=at)
    if again:
        record("outbox.sent_again", message, by=by, at=at, kind=message.kind)
    return again
