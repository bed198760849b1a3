"""`var/demo.json`: where things are in the demonstration, for people and programs.

Addresses are relative to `address`. `sign_in` shows a persona with a button; a POST to it
signs in.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from mikrokraad.catalogue.models import Run
from mikrokraad.demo.personas import slug_of
from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.university import (
    CLOSED,
    FULL,
    SUMMER,
    UNDER_MINIMUM,
    WAITING,
    University,
)

FILE = settings.VAR_DIR / "demo.json"
OPEN = "data-science"


@dataclass(frozen=True)
class Example:
    """A certificate to look at: its number and, when shared, its link's token."""

    number: str
    token: str


SITUATIONS = {
    "open": OPEN,
    "full": FULL,
    "waiting": WAITING,
    "closed": CLOSED,
    "under_minimum": UNDER_MINIMUM,
    "summer_school": SUMMER,
}


def write(university: University, certificates: dict[str, Example]) -> None:
    """Write the file anew."""
    _save(
        {
            "address": settings.PUBLIC_URL,
            "personas": [
                _persona(facts) for facts in texts.people() if facts["persona"]
            ],
            "programmes": {
                situation: _programme(university.open_runs[slug])
                for situation, slug in SITUATIONS.items()
                if slug in university.open_runs
            },
            "certificates": {
                state: {
                    "number": example.number,
                    "page": f"/c/{example.number}/",
                    "share": f"/s/{example.token}/" if example.token else None,
                }
                for state, example in certificates.items()
            },
        }
    )


def say_address() -> None:
    """The server may have moved since the file was written."""
    if FILE.exists():
        _save({**json.loads(FILE.read_text()), "address": settings.PUBLIC_URL})


def _save(facts: dict[str, Any]) -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")


def _persona(facts: dict[str, Any]) -> dict[str, Any]:
    stranger = "verifier" in facts["roles"]
    with override("en"):
        address = reverse("demo:sign_in_as", args=[slug_of(facts["key"])])
    return {
        "key": facts["key"],
        "name": f"{facts['first_name']} {facts['last_name']}",
        "email": None if stranger else facts["email"],
        "roles": facts["roles"],
        "language": facts["language"],
        "about": facts["description"],
        "sign_in": None if stranger else address,
    }


def _programme(run: Run) -> dict[str, str]:
    programme = run.version.programme
    with override("en"):
        return {
            "slug": programme.slug,
            "page": reverse("pages:programme", args=[programme.slug]),
        }
