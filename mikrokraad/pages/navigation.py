"""The links in the head and the foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mikrokraad.core.texts import said
from mikrokraad.people.models import Duty, Institution, Person
from mikrokraad.people.roles import DESK_DUTIES, duties_of

Link = dict[str, Any]
FOR_OTHERS = "en"  # the language for whoever reads none of ours


def frame(request: HttpRequest) -> dict[str, Any]:
    """Institution, navigation, account and footer links of a page."""
    found = Institution.objects.first()
    name = said(found.name) if found else "Mikrokraad"
    return {
        "institution": {"name": name, "short": name},
        "navigation": _links(
            request,
            {
                "pages:programmes": _("Programmes"),
                "pages:summer_school": _("Summer school"),
                "pages:stories": _("Stories"),
                "pages:about": _("How it works"),
            },
        ),
        "account": _account(request),
        "demonstration_links": _links(
            request,
            {
                "demo:personas": _("Sign in as somebody"),
                "demo:mailbox": _("Mailbox"),
                "demo:clock_page": _("Clock"),
            },
        ),
        "footer_links": _links(
            request,
            {
                "pages:shortlist": _("Your shortlist"),
                "credentials:verify": _("Verify a certificate"),
                "pages:accessibility": _("Accessibility"),
                "pages:privacy": _("Privacy"),
            },
        ),
    }


def _account(request: HttpRequest) -> list[Link]:
    """Sign in; or my page, and the desk or the groups of those who have them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return _links(request, {"people:sign_in": _("Sign in")})
    return _links(
        request,
        {
            "pages:my_page": _("My page"),
            **desks_of(user),
            "account_logout": _("Sign out"),
        },
    )


def desks_of(person: Person) -> dict[str, str]:
    """Where somebody works: the names of the pages, with their labels."""
    duties, named = duties_of(person), {}
    if duties & DESK_DUTIES:
        named["office:desk"] = _("Desk")
    if Duty.LECTURER in duties:
        named["office:studies_sections"] = _("My groups")
    return named


def _links(request: HttpRequest, named: dict[str, str]) -> list[Link]:
    """Links to the pages that this installation has."""
    found = []
    for name, label in named.items():
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url, "current": request.path == url})
    return found
