"""What is worth seeing first in the demonstration, found in the database as it is now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.models import Programme
from mikrokraad.credentials.models import Credential, Share
from mikrokraad.credentials.rules import CredentialState
from mikrokraad.demo.seed.report import SITUATIONS

PROGRAMMES: dict[str, str | Promise] = {
    "open": _("open for applications"),
    "full": _("every place is taken"),
    "waiting": _("people wait for a place"),
    "closed": _("the deadline has passed"),
    "under_minimum": _("too few applicants so far"),
    "summer_school": _("the summer school"),
}
CERTIFICATES: dict[CredentialState, str | Promise] = {
    CredentialState.ISSUED: _("in force"),
    CredentialState.SUPERSEDED: _("replaced"),
    CredentialState.REVOKED: _("revoked"),
}


def programmes() -> list[tuple[str, str | Promise]]:
    """Addresses of example programmes that are there, and what each shows."""
    wanted = {SITUATIONS[key]: words for key, words in PROGRAMMES.items()}
    there = set(
        Programme.objects.filter(slug__in=wanted).values_list("slug", flat=True)
    )
    return [(slug, words) for slug, words in wanted.items() if slug in there]


def certificates() -> list[tuple[str, str | Promise]]:
    """A number in each state, and what the state is."""
    first = {
        state: Credential.objects.filter(state=state).order_by("year", "sequence")
        for state in CERTIFICATES
    }
    found = {
        state: rows.values_list("number", flat=True).first()
        for state, rows in first.items()
    }
    return [(number, CERTIFICATES[state]) for state, number in found.items() if number]


def link() -> Share | None:
    """A link by which somebody shows a certificate, as an employer gets it."""
    shares = Share.objects.filter(
        credential__state=CredentialState.ISSUED, on_document=False, taken_back_at=None
    )
    return shares.order_by("made_at", "pk").first()
