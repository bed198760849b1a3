"""What is missing, in words, with the way to the very field that lacks it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue import drafting
from mikrokraad.catalogue.completeness import (
    FEWEST_OUTCOMES,
    KNOWN_AT_ISSUE,
    Element,
    Missing,
)
from mikrokraad.catalogue.desk import whose
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Section
from mikrokraad.core.texts import missing_languages

OF_RUN = frozenset(
    {
        Element.LANGUAGES,
        Element.DATES,
        Element.PLACES,
        Element.PRICE,
        Element.FEE_INCLUDES,
        Element.CONTACT,
    }
)
ASKED = len(set(Element) - KNOWN_AT_ISSUE - OF_RUN)
PLACES = {
    Element.TITLE: (Section.BASICS, "title"),
    Element.LEAD: (Section.BASICS, "lead"),
    Element.CONTENT: (Section.BASICS, "content"),
    Element.FOR_WHOM: (Section.BASICS, "for_whom"),
    Element.WORKLOAD: (Section.BASICS, "ects"),
    Element.FIELD: (Section.BASICS, "field_id"),
    Element.LEVEL: (Section.STANDARDS, "eqf_level"),
    Element.PARTICIPATION: (Section.STANDARDS, "participation"),
    Element.ASSESSMENT: (Section.STANDARDS, "assessment_type"),
    Element.QUALITY: (Section.STANDARDS, "quality_assurance"),
}
PLAIN = {"ects", "field_id", "eqf_level"}
IN_RUN = {
    Element.LANGUAGES: "id_languages_0",
    Element.DATES: "id_starts_on",
    Element.PLACES: "id_places",
    Element.PRICE: "id_price-0-net",
    Element.FEE_INCLUDES: "id_fee_includes_et",
    Element.CONTACT: "id_contact",
}


@dataclass(frozen=True)
class Lack:
    """One thing that is missing, and where to put it; no address where it is not here."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Meter:
    """How much of what may not be missing is there."""

    lacks: list[Lack]
    asked: int = ASKED

    @property
    def there(self) -> int:
        return max(0, self.asked - len(self.lacks))


def meter(version: ProgrammeVersion) -> Meter:
    """What a version lacks, each with the field of the editor that lacks it."""
    return Meter([_lack(version, one) for one in whose.missing_in(version)])


def _lack(version: ProgrammeVersion, missing: Missing) -> Lack:
    element = missing.element
    if element in PLACES:
        section, name = PLACES[element]
        field = name if name in PLAIN else f"{name}_{_first(missing.languages)}"
        return Lack(str(missing), f"{_page(version, section)}#id_{field}")
    if element == Element.COURSES:
        return Lack(str(missing), f"{_page(version, Section.COURSES)}#sum")
    if element in (Element.OUTCOMES, Element.OUTCOME_ASSESSMENT):
        return _outcome(version, missing)
    return Lack(_("{what}: an administrator sets it").format(what=missing))


def _first(languages: tuple[str, ...]) -> str:
    return languages[0] if languages else drafting.LANGUAGES[0]


def _page(version: ProgrammeVersion, section: Section) -> str:
    return reverse("office:programmes_section", args=[version.pk, section.value])


def _outcome(version: ProgrammeVersion, missing: Missing) -> Lack:
    """The first outcome that lacks something; the button for more when there are too few."""
    page = _page(version, Section.OUTCOMES)
    rows = list(version.outcomes.order_by("position"))
    if missing.element == Element.OUTCOMES and len(rows) < FEWEST_OUTCOMES:
        return Lack(str(missing), f"{page}#add-outcome")
    wanted = (
        ("text",)
        if missing.element == Element.OUTCOMES
        else ("assessment", "criterion")
    )
    for number, row in enumerate(rows, start=1):
        for name in wanted:
            lacking = missing_languages(getattr(row, name))
            if lacking:
                told = _("{what} (outcome {number})").format(
                    what=missing, number=number
                )
                return Lack(told, f"{page}#id_outcome-{row.pk}-{name}_{lacking[0]}")
    return Lack(str(missing), page)
