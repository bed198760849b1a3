"""Who is who in the demonstration, and a way in for each of them."""

from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mikrokraad.core.texts import said
from mikrokraad.demo.seed import texts
from mikrokraad.people.models import Person

COLOURS = {
    "learner": "indigo",
    "programme_manager": "moss",
    "officer": "madder",
    "lecturer": "weld",
    "finance": "walnut",
    "assessor": "lichen",
    "employer": "moss",
    "verifier": "walnut",
}


HOMES = {  # where somebody's work or studies wait
    "learner": "pages:my_page",
    "lecturer": "office:studies_sections",
    "employer": "fees:invoices",
}
STAFF_HOME = "office:desk"


@dataclass(frozen=True)
class Persona:
    """`person` is None for the stranger, who has no account.

    `to_try` is what to do first, when there is something; `home` is the name of the page
    where they begin.
    """

    key: str
    name: str
    role: str
    about: str
    to_try: str
    colour: str
    home: str
    person: Person | None


def everybody() -> list[Persona]:
    """The personas of the seeded university; none when it was not seeded."""
    chosen = [facts for facts in texts.people() if facts["persona"]]
    known = {
        person.email: person
        for person in Person.objects.filter(email__in=[f["email"] for f in chosen])
    }
    return [
        _persona(facts, known.get(facts["email"]))
        for facts in chosen
        if facts["email"] in known or "verifier" in facts["roles"]
    ]


def by_key(key: str) -> Persona | None:
    return next((persona for persona in everybody() if persona.key == key), None)


def sign_in(request: HttpRequest, person: Person) -> None:
    """Open a session as if `person` had used a second factor (demonstration only)."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "demonstration", "at": 0}
    ]
    request.session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(
        person
    )


def _persona(facts: dict[str, Any], person: Person | None) -> Persona:
    role = facts["roles"][0]
    about, to_try = _parted(said(facts["description"]))
    return Persona(
        key=slug_of(facts["key"]),
        name=f"{facts['first_name']} {facts['last_name']}",
        role=_role(role),
        about=about,
        to_try=to_try,
        colour=COLOURS[role],
        home=HOMES.get(role, STAFF_HOME),
        person=person,
    )


def slug_of(key: str) -> str:
    """A persona's key as it stands in addresses."""
    return key.replace(".", "-")


def _parted(description: str) -> tuple[str, str]:
    """Who somebody is, and what to try: “Try: …” begins the second part."""
    for sign in ("Proovi: ", "Try: "):
        about, found, to_try = description.partition(sign)
        if found:
            return about.strip(), to_try
    return description, ""


def _role(role: str) -> str:
    return {
        "learner": _("learner"),
        "programme_manager": _("programme manager"),
        "officer": _("continuing-education officer"),
        "lecturer": _("lecturer"),
        "finance": _("finance"),
        "assessor": _("recognition assessor"),
        "employer": _("employer"),
        "verifier": _("a stranger with a certificate"),
    }[role]
