"""What a link looks like where it is shared: a picture of 1200 x 630, and its words.

A card is made of the facts that stand on it and kept by them, so that another price or
deadline is another card; there is no count of places on it, which would soon be old.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.queries import RunPage, how_it_stands
from mikrokraad.catalogue.rules import Applying
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.pdf import compile_png
from mikrokraad.core.texts import said
from mikrokraad.core.weave import COLOURS, belt_cells
from mikrokraad.fees.queries import price_of
from mikrokraad.pages.shown import colours_of
from mikrokraad.pages.wording import figure
from mikrokraad.people.models import Institution

TEMPLATE = Path(__file__).parent / "documents" / "card.typ"
WIDTH, HEIGHT = 1200, 630
MOTIFS = 12
KEPT = 200
MOST_LETTERS = 150  # a longer title ends in an ellipsis
LOCALES = {"et": "et_EE", "en": "en_GB"}
# The dyes of core/documents/look.typ stand in another order there.
DYES = {name: place for place, name in enumerate(COLOURS)} | {"weld": 3, "moss": 2}

Facts = dict[str, Any]


@dataclass(frozen=True)
class Shared:
    """What `ui/_shared.html` says to whoever shares the address of a page."""

    title: str
    description: str
    image: str
    image_text: str

    width = WIDTH
    height = HEIGHT

    @property
    def locale(self) -> str:
        language = get_language() or settings.LANGUAGE_CODE
        return LOCALES.get(language, language)


def of_programme(version: ProgrammeVersion, run: Run | None) -> Shared:
    title, path = said(version.title), version.programme.get_absolute_url()
    told = [title, _ects(version), said(run.intake.name) if run else ""]
    return Shared(
        title=title,
        description=said(version.lead),
        image=f"{settings.PUBLIC_URL}{path}card.png",
        image_text=", ".join(one for one in told if one),
    )


def of_site(title: str, description: str) -> Shared:
    """A page that is about no programme shows the card of the whole site."""
    image = f"{settings.PUBLIC_URL}{reverse('pages:site_card')}"
    return Shared(title, description, image, site_facts()["title"])


def picture(facts: Mapping[str, Any]) -> bytes:
    """The card as a PNG; the same facts are drawn once."""
    return _drawn(json.dumps(facts, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=KEPT)
def _drawn(facts: str) -> bytes:
    return compile_png(TEMPLATE, json.loads(facts))


def programme_facts(page: RunPage, *, at: datetime) -> Facts:
    """What stands on a programme's card: the run that its page shows first."""
    run = page.next_run(at=at)
    version = run.version if run else page.current
    content = next((one for one in page.versions if one.pk == version.pk), page.current)
    programme = page.programme
    kicker = [said(programme.kind.name), said(run.intake.name) if run else ""]
    return {
        **_frame(programme.slug),
        "title": shortened(said(content.title)),
        "kicker": " · ".join([*[one for one in kicker if one], _ects(content)]),
        "colour": DYES[content.field.colour if content.field else COLOURS[0]],
        "ects": content.ects,
        "courses": _squares(content),
        "figure": figure(run, price_of(run)) if run else "",
        "step": _step(run, at=at) if run else "",
    }


def site_facts() -> Facts:
    return {
        **_frame("mikrokraad"),
        "title": _("University courses beside a job"),
        "kicker": _("Micro-credential programmes"),
        "colour": 0,
        "ects": 0,
        "courses": [],
        "figure": "",
        "step": "",
    }


def _frame(seed: str) -> Facts:
    institution = Institution.objects.first()
    name = said(institution.name) if institution else "Mikrokraad"
    return {
        "belt": belt_cells(seed, motifs=MOTIFS),
        "language": get_language(),
        "institution": name,
    }


def _step(run: Run, *, at: datetime) -> str:
    standing = how_it_stands(run, at=at)
    if run.commissioned_by_id:
        return ""
    if standing == Applying.NOT_YET:
        day = day_text(day_of(run.opens_at), year=False)
        return _("Apply from {day}").format(day=day)
    if standing == Applying.OPEN:
        return _("Apply {until}").format(until=until_text(run.deadline))
    return _("Applications are over")


def _squares(version: ProgrammeVersion) -> list[dict[str, int]]:
    """Each course in its colour; where there is a choice, all in the programme's own."""
    parts, colours = list(version.components.all()), colours_of(version)
    if sum(part.course.ects for part in parts) != version.ects:
        own = version.field.colour if version.field else COLOURS[0]
        return [{"ects": version.ects, "colour": DYES[own]}]
    return [
        {"ects": part.course.ects, "colour": DYES[colours[part.course_id]]}
        for part in parts
    ]


def _ects(version: ProgrammeVersion) -> str:
    return _("{ects} ECTS").format(ects=version.ects)


def shortened(title: str) -> str:
    """A title that fits, in the smallest letters at least."""
    if len(title) <= MOST_LETTERS:
        return title
    whole = title[:MOST_LETTERS].rpartition(" ")[0]
    return f"{whole or title[:MOST_LETTERS]} …"
