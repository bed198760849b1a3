"""Everything known about one person, gathered from every room.

A room says what it knows with a plain function, named in `config/wiring.py`:
`export.tell("fees", fees_of)`. People's own part is always there.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from mikrokraad.core.models import OutboxMessage
from mikrokraad.people import queries
from mikrokraad.people.models import Person, RegisterEntry
from mikrokraad.people.roles import duties_of

Told = Mapping[str, Any]
Source = Callable[[Person], Told]

_sources: dict[str, Source] = {}


def tell(room: str, source: Source) -> None:
    """Let `source` say what a room knows about a person (see `config.wiring`)."""
    _sources[room] = source


def everything_about(person: Person, *, at: datetime) -> dict[str, Any]:
    """Plain JSON: dates and moments are written as ISO 8601 says."""
    return {
        "made_at": at,
        "made_by": settings.PUBLIC_URL,
        "person": _about(person),
        **{room: source(person) for room, source in sorted(_sources.items())},
    }


def _about(person: Person) -> Told:
    return {
        "id": person.pk,
        "email": person.email,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date,
        "personal_code": queries.personal_code_of(person),
        "language": person.language,
        "phone": person.phone,
        "since": person.created_at,
        "last_sign_in": person.last_login,
        "identity_confirmed_at": person.identity_confirmed_at,
        "identities": list(person.identities.values("issuer", "assurance", "at")),
        "organisations": list(person.organisations.values("name", "registry_code")),
        "duties": sorted(duties_of(person)),
        "consents": list(
            person.consents.order_by("given_at").values(
                "purpose", "text_version", "given_at", "withdrawn_at"
            )
        ),
        "letters": [
            {
                "at": letter.created_at,
                "sent_at": letter.sent_at,
                "subject": letter.payload.get("subject", ""),
                "text": letter.payload.get("body", ""),
            }
            for letter in _letters_to(person)
        ],
        "what_I_did": list(
            RegisterEntry.objects.filter(by=person)
            .order_by("pk")
            .values("at", "verb", "thing")
        ),
    }


def _letters_to(person: Person) -> QuerySet[OutboxMessage]:
    """Those whose text is no longer kept too: they were written to this person."""
    whom = Q(payload__to=person.email) | Q(payload__person=str(person.pk))
    return OutboxMessage.objects.filter(whom, kind="letter").order_by(
        "created_at", "pk"
    )
