"""What a programme must say before it may be published (C2). Pure.

Source: Council Recommendation of 16 June 2022 on micro-credentials, Annex I
(eleven mandatory elements), and the national register's record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.texts import Text, missing_languages

FEWEST_OUTCOMES = 3
EQF_LEVELS = range(1, 9)


class Element(models.TextChoices):
    """Something that must be there; the first eleven are the European ones."""

    LEARNER = "learner", _("the learner's identity")
    TITLE = "title", _("the title")
    COUNTRY = "country", _("the country of the issuer")
    AWARDING_BODY = "awarding_body", _("the awarding body")
    ISSUED_ON = "issued_on", _("the date of issue")
    OUTCOMES = "outcomes", _("three learning outcomes or more")
    WORKLOAD = "workload", _("a volume within the limits of its kind")
    LEVEL = "level", _("the level (EQF)")
    ASSESSMENT = "assessment", _("the type of assessment")
    PARTICIPATION = "participation", _("the form of participation")
    QUALITY = "quality", _("the type of quality assurance")
    OUTCOME_ASSESSMENT = (
        "outcome_assessment",
        _("how each outcome is assessed, and by which criterion"),
    )
    COURSES = "courses", _("courses that add up to the volume")
    FIELD = "field", _("the field of study (ISCED-F)")
    LEAD = "lead", _("the introduction")
    CONTENT = "content", _("the content")
    FOR_WHOM = "for_whom", _("for whom it is")
    LANGUAGES = "languages", _("the language of study")
    DATES = "dates", _("when it starts and ends")
    PLACES = "places", _("how many places there are")
    PRICE = "price", _("the price, or that it is free")
    FEE_INCLUDES = "fee_includes", _("what the fee includes")
    CONTACT = "contact", _("the contact person")


# What only the moment of issue knows: the certificate's own rules check it then, and
# no certificate is issued without it.
KNOWN_AT_ISSUE = frozenset({Element.LEARNER, Element.ISSUED_ON})


@dataclass(frozen=True)
class Missing:
    """An element that is not there; `languages` when only some of them lack it."""

    element: Element
    languages: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = {"et": gettext("in Estonian"), "en": gettext("in English")}
        where = " ".join(names.get(code, code) for code in self.languages)
        return f"{self.element.label} {where}".strip()


@dataclass(frozen=True)
class OutcomeFacts:
    text: Text
    assessment: Text
    criterion: Text


@dataclass(frozen=True)
class RunFacts:
    """What a run adds: when, in which language, for how much, whom to ask.

    Only a run that is being prepared can be without dates or places.
    """

    languages: tuple[str, ...]
    price_lines: int
    fee_includes: Text
    contact_name: str
    has_dates: bool = True
    has_places: bool = True


@dataclass(frozen=True)
class VersionFacts:
    """All that is asked of a version. Units: ECTS; `run` when one is published."""

    title: Text
    lead: Text
    content: Text
    for_whom: Text
    outcomes: tuple[OutcomeFacts, ...]
    ects: int
    ects_limits: tuple[int, int]
    courses_ects: int
    groups_suffice: bool
    isced_f: str | None
    eqf_level: int | None
    participation: Text
    assessment_type: Text
    quality_assurance: Text
    country: str
    awarding_body: Text
    run: RunFacts | None = field(default=None)


def missing_elements(facts: VersionFacts) -> list[Missing]:
    """What a version (and its run, if given) still lacks, in the order of the list."""
    found = [*_texts(facts), *_outcomes(facts.outcomes), *_measures(facts)]
    if facts.run is not None:
        found += _of_run(facts.run)
    order = list(Element)
    return sorted(found, key=lambda missing: order.index(missing.element))


def _texts(facts: VersionFacts) -> Iterator[Missing]:
    asked = {
        Element.TITLE: facts.title,
        Element.LEAD: facts.lead,
        Element.CONTENT: facts.content,
        Element.FOR_WHOM: facts.for_whom,
        Element.PARTICIPATION: facts.participation,
        Element.ASSESSMENT: facts.assessment_type,
        Element.QUALITY: facts.quality_assurance,
        Element.AWARDING_BODY: facts.awarding_body,
    }
    for element, text in asked.items():
        yield from _in_every_language(element, [text])


def _in_every_language(element: Element, texts: Iterable[Text]) -> Iterator[Missing]:
    codes = {code for text in texts for code in missing_languages(text)}
    if codes:
        every = set(missing_languages({}))
        yield Missing(element, () if codes == every else tuple(sorted(codes)))


def _outcomes(outcomes: tuple[OutcomeFacts, ...]) -> Iterator[Missing]:
    if len(outcomes) < FEWEST_OUTCOMES:
        yield Missing(Element.OUTCOMES)
    else:
        yield from _in_every_language(Element.OUTCOMES, [one.text for one in outcomes])
    yield from _in_every_language(
        Element.OUTCOME_ASSESSMENT,
        [text for one in outcomes for text in (one.assessment, one.criterion)],
    )


def _measures(facts: VersionFacts) -> Iterator[Missing]:
    least, most = facts.ects_limits
    if not least <= facts.ects <= most:
        yield Missing(Element.WORKLOAD)
    if facts.courses_ects != facts.ects or not facts.groups_suffice:
        yield Missing(Element.COURSES)
    if not facts.isced_f:
        yield Missing(Element.FIELD)
    if facts.eqf_level not in EQF_LEVELS:
        yield Missing(Element.LEVEL)
    if not facts.country:
        yield Missing(Element.COUNTRY)


def _of_run(run: RunFacts) -> Iterator[Missing]:
    if not run.languages:
        yield Missing(Element.LANGUAGES)
    if not run.has_dates:
        yield Missing(Element.DATES)
    if not run.has_places:
        yield Missing(Element.PLACES)
    if not run.price_lines:
        yield Missing(Element.PRICE)
    yield from _in_every_language(Element.FEE_INCLUDES, [run.fee_includes])
    if not run.contact_name.strip():
        yield Missing(Element.CONTACT)
