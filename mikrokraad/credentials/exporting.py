"""What credentials knows about one person, for the copy of their data."""

from typing import Any

from mikrokraad.credentials import queries
from mikrokraad.people.models import Person


def about(person: Person) -> dict[str, Any]:
    """Certificates with their frozen facts, and the links that show them."""
    return {
        "certificates": [
            {
                "number": each.number,
                "kind": each.kind,
                "state": each.state,
                "issued_at": each.issued_at,
                "facts": queries.facts_of(each),
                "personal_code": queries.personal_code_on(each),
            }
            for each in queries.certificates_of(person)
        ],
        "links": list(
            queries.shares_of(person)
            .order_by("made_at")
            .values(
                "credential__number",
                "token",
                "on_document",
                "fields",
                "made_at",
                "until",
                "taken_back_at",
            )
        ),
    }
