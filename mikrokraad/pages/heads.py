"""What the head of a page tells machines: search engines, social media, feed readers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.core.texts import said
from mikrokraad.pages import feeds, share_cards, structured

Context = dict[str, Any]


def of_programme(shown: Mapping[str, Any], *, at: datetime) -> Context:
    """Of every run that is not over, whichever one is `shown` by the page."""
    version = shown["version"]
    facts = structured.programme_page(
        shown["page"], version, prices=shown["prices"], places=shown["places"], at=at
    )
    return {
        "structured": facts,
        "shared": share_cards.of_programme(version, shown["run"]),
        "subscriptions": [_opportunities(version), *feeds.links({})],
    }


def _opportunities(version: ProgrammeVersion) -> dict[str, str]:
    slug = version.programme.slug
    return {
        "href": reverse("pages_machines:programme_opportunities", args=[slug]),
        "type": "application/ld+json",
        "title": said(version.title),
    }


def of_list(context: Mapping[str, Any], asked: Mapping[str, str]) -> Context:
    facts = structured.list_page(context["cards"], count=context["count"])
    lead = _(
        "Micro-degrees, micro-credentials and summer schools: what they cost, when they run, by when to apply."
    )
    return {
        "structured": facts,
        "shared": share_cards.of_site(_("Programmes"), lead),
        "subscriptions": feeds.links(asked),
    }


def of_home() -> Context:
    lead = _(
        "Micro-credential programmes: university courses beside a job, with a certificate that anybody can verify."
    )
    return {
        "structured": structured.home_page(),
        "shared": share_cards.of_site(_("University courses beside a job"), lead),
        "subscriptions": feeds.links({}),
    }
