"""Real letters on which other words can be tried: those of one's own units only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mikrokraad.admissions.cases import ADMISSION_DUTIES, cases_for
from mikrokraad.core.calendar import moment_text
from mikrokraad.core.models import OutboxMessage
from mikrokraad.core.placeholders import fill
from mikrokraad.core.prose import html_of
from mikrokraad.core.texts import Text
from mikrokraad.credentials.queries import credentials_at
from mikrokraad.fees.queries import all_invoices
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.register import named
from mikrokraad.people.roles import has_duty, units_of
from mikrokraad.studies.queries import enrolments_at

MOST = 200  # letters looked through
SHOWN = 10


@dataclass(frozen=True)
class Tried:
    """A letter with other words, as one reader would get it."""

    language: str
    subject: str
    body: Any


def recent(template: str, person: Person) -> list[OutboxMessage]:
    """The newest letters of this kind about cases that `person` may see."""
    found = OutboxMessage.objects.filter(
        kind="letter", payload__template=template, forgotten_at=None
    ).exclude(about="")
    newest = list(found.order_by("-created_at", "-pk")[:MOST])
    seen = _seen_by(person, {message.about for message in newest})
    return [message for message in newest if message.about in seen][:SHOWN]


def _seen_by(person: Person, about: set[str]) -> set[str]:
    seen: set[str] = set()
    for rows in _rows_of(person):
        label = f"{rows.model._meta.label}:"
        keys = [each.removeprefix(label) for each in about if each.startswith(label)]
        if keys:
            seen |= {named(row) for row in rows.filter(pk__in=keys)}
    return seen


def _rows_of(person: Person) -> list[QuerySet[Any]]:
    return [
        cases_for(person),
        _invoices_at(person),
        enrolments_at(person),
        credentials_at(person),
    ]


def _invoices_at(person: Person) -> QuerySet[Any]:
    if has_duty(person, Duty.FINANCE):
        return all_invoices()
    units = units_of(person, *ADMISSION_DUTIES)
    return all_invoices().filter(agreement__run__version__programme__unit__in=units)


def label_of(message: OutboxMessage) -> str:
    facts = message.payload["facts"]
    title = next((each["title"] for each in facts.values() if "title" in each), "")
    parts = [message.payload["to"], title, moment_text(message.created_at)]
    return ", ".join(part for part in parts if part)


def tried_on(
    message: OutboxMessage | None, words: dict[str, Text], names: list[str]
) -> list[Tried]:
    """These words in each language, on that case; on no case, names stand in it."""
    return [_tried(language, said, message, names) for language, said in words.items()]


def _tried(
    language: str, said: Text, message: OutboxMessage | None, names: list[str]
) -> Tried:
    facts = message.payload["facts"][language] if message else _made_up(names)
    subject = " ".join(fill(said["subject"], facts).split())
    return Tried(language, subject, html_of(fill(said["body"], facts)))


def _made_up(names: list[str]) -> dict[str, str]:
    return {name: f"[{name}]" for name in names}
