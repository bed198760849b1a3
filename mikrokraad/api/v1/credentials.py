"""Whether a certificate holds. Never whose it is: numbers can be guessed."""

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Path, Router, Schema
from pydantic import Field

from mikrokraad.api.v1.problems import PROBLEMS
from mikrokraad.credentials import queries
from mikrokraad.credentials.rules import CredentialKind, CredentialState

router = Router(tags=["credentials"])
Number = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,20}$", examples=["2027-00001"])]


class CredentialOut(Schema):
    """What was issued, when, by whom, and whether it is in force."""

    number: str
    page: str
    kind: CredentialKind
    status: CredentialState
    title: dict[str, str]
    ects: float
    issuer: dict[str, str]
    issued_on: date
    ended_at: datetime | None = Field(description="When it stopped being in force")
    superseded_by: str | None = Field(description="Number of what replaced it")


@router.get(
    "/{number}/", response={200: CredentialOut, **PROBLEMS}, summary="Is it in force?"
)
def credential(request: HttpRequest, number: Number) -> dict[str, Any]:  # noqa: ARG001 -- ninja gives it
    """Every number that was ever issued has an answer, for ever."""
    found = queries.by_number(number)
    if found is None:
        raise Http404
    facts = queries.facts_of(found)
    return {
        "number": found.number,
        "page": settings.PUBLIC_URL + found.get_absolute_url(),
        "kind": found.kind,
        "status": found.state,
        "title": facts["programme"]["title"],
        "ects": facts["ects"],
        "issuer": facts["institution"]["name"],
        "issued_on": facts["issued_on"],
        "ended_at": found.ended_at,
        "superseded_by": found.superseded_by.number if found.superseded_by else None,
    }
