"""Letters to people: written in their language, sent through the outbox.

A letter is a template `<room>/letters/<name>.md`: its first line is the subject,
the rest is Markdown. Staff may reword it (`letter_texts`). It is written out at once, so
that it says what was true then, and kept in the outbox with the case it is about,
the version it was made from, and the facts in it.
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
from mikrokraad.core.placeholders import fill, tidy
from mikrokraad.core.prose import subject_and_body
from mikrokraad.people import letter_pieces, letter_texts
from mikrokraad.people.models import LetterVersion, Person
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
) -> dict[str, Any]:
    version = letter_texts.version_in_use(template)
    subject, body = worded(template, language, version, facts)
    return {
        "to": address,
        "language": language,
        "subject": subject,
        "body": body,
        "template": template,
        "version": _number(version, language),
        "facts": _facts(template, facts),
    }


def worded(
    template: str,
    language: str,
    version: LetterVersion | None,
    facts: dict[str, Any],
) -> tuple[str, str]:
    """Subject and body, in the words of `version` or of the standing text."""
    facts = {"public_url": settings.PUBLIC_URL, **facts}
    own = letter_texts.words_in_use(version, language)
    if own:
        known = letter_pieces.facts_in(template, language, facts)
        return _line(fill(own["subject"], known)), fill(own["body"], known)
    with translation.override(language):
        subject, body = subject_and_body(render_to_string(template, facts))
    return subject, tidy(body)


def _number(version: LetterVersion | None, language: str) -> int:
    """The version whose words are used in this language; 0 for the standing text."""
    own = letter_texts.words_in_use(version, language)
    return version.number if version and own else 0


def _line(text: str) -> str:
    return " ".join(text.split())


def _facts(template: str, facts: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What other words could say of this case, so that they can be tried on it."""
    if not letter_pieces.can_be_reworded(template):
        return {}
    facts = {"public_url": settings.PUBLIC_URL, **facts}
    return {
        language: letter_pieces.facts_in(template, language, facts)
        for language, _name in settings.LANGUAGES
    }


def _put(
    letter: dict[str, Any],
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
