"""Publishing looks for every element, and names exactly what is not there."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue.completeness import (
    KNOWN_AT_ISSUE,
    Element,
    Missing,
    OutcomeFacts,
    RunFacts,
    VersionFacts,
    missing_elements,
)

BOTH = {"et": "sõnad", "en": "words"}
OUTCOME = OutcomeFacts(text=BOTH, assessment=BOTH, criterion=BOTH)
RUN = RunFacts(
    languages=("en",), price_lines=1, fee_includes=BOTH, contact_name="Mari Tamm"
)
WHOLE = VersionFacts(
    title=BOTH,
    lead=BOTH,
    content=BOTH,
    for_whom=BOTH,
    outcomes=(OUTCOME, OUTCOME, OUTCOME),
    ects=12,
    ects_limits=(12, 30),
    courses_ects=12,
    groups_suffice=True,
    isced_f="0613",
    eqf_level=7,
    participation=BOTH,
    assessment_type=BOTH,
    quality_assurance=BOTH,
    country="EE",
    awarding_body=BOTH,
    run=RUN,
)
# One way, at least, to leave out each element that a version or run can lack.
LEFT_OUT: list[tuple[Element, VersionFacts]] = [
    (Element.TITLE, replace(WHOLE, title={})),
    (Element.COUNTRY, replace(WHOLE, country="")),
    (Element.AWARDING_BODY, replace(WHOLE, awarding_body={})),
    (Element.OUTCOMES, replace(WHOLE, outcomes=(OUTCOME, OUTCOME))),
    (Element.OUTCOMES, replace(WHOLE, outcomes=())),
    (Element.OUTCOMES, replace(WHOLE, outcomes=(replace(OUTCOME, text={}),) * 3)),
    (Element.WORKLOAD, replace(WHOLE, ects=11, courses_ects=11)),
    (Element.WORKLOAD, replace(WHOLE, ects=31, courses_ects=31)),
    (Element.LEVEL, replace(WHOLE, eqf_level=None)),
    (Element.LEVEL, replace(WHOLE, eqf_level=0)),
    (Element.LEVEL, replace(WHOLE, eqf_level=9)),
    (Element.ASSESSMENT, replace(WHOLE, assessment_type={})),
    (Element.PARTICIPATION, replace(WHOLE, participation={})),
    (Element.QUALITY, replace(WHOLE, quality_assurance={})),
    (
        Element.OUTCOME_ASSESSMENT,
        replace(WHOLE, outcomes=(OUTCOME, OUTCOME, replace(OUTCOME, assessment={}))),
    ),
    (
        Element.OUTCOME_ASSESSMENT,
        replace(WHOLE, outcomes=(OUTCOME, OUTCOME, replace(OUTCOME, criterion={}))),
    ),
    (Element.COURSES, replace(WHOLE, courses_ects=9)),
    (Element.COURSES, replace(WHOLE, courses_ects=15)),
    (Element.COURSES, replace(WHOLE, groups_suffice=False)),
    (Element.FIELD, replace(WHOLE, isced_f=None)),
    (Element.LEAD, replace(WHOLE, lead={})),
    (Element.CONTENT, replace(WHOLE, content={})),
    (Element.FOR_WHOM, replace(WHOLE, for_whom={})),
    (Element.LANGUAGES, replace(WHOLE, run=replace(RUN, languages=()))),
    (Element.DATES, replace(WHOLE, run=replace(RUN, has_dates=False))),
    (Element.PLACES, replace(WHOLE, run=replace(RUN, has_places=False))),
    (Element.PRICE, replace(WHOLE, run=replace(RUN, price_lines=0))),
    (Element.FEE_INCLUDES, replace(WHOLE, run=replace(RUN, fee_includes={}))),
    (Element.CONTACT, replace(WHOLE, run=replace(RUN, contact_name=" "))),
]
TEXTS = {
    Element.TITLE: "title",
    Element.LEAD: "lead",
    Element.CONTENT: "content",
    Element.FOR_WHOM: "for_whom",
    Element.PARTICIPATION: "participation",
    Element.ASSESSMENT: "assessment_type",
    Element.QUALITY: "quality_assurance",
    Element.AWARDING_BODY: "awarding_body",
}


def test_a_whole_version_lacks_nothing() -> None:
    assert missing_elements(WHOLE) == []
    assert missing_elements(replace(WHOLE, run=None)) == []


@pytest.mark.parametrize(("element", "version"), LEFT_OUT)
def test_leaving_one_out_names_exactly_that_one(
    element: Element, version: VersionFacts
) -> None:
    assert missing_elements(version) == [Missing(element)]


def test_every_element_can_be_found_missing_but_those_of_the_moment_of_issue() -> None:
    assert {element for element, _version in LEFT_OUT} == set(Element) - KNOWN_AT_ISSUE


def test_the_first_eleven_are_the_european_ones() -> None:
    assert len(list(Element)[:11]) == 11
    assert list(Element)[10] == Element.QUALITY
    assert set(list(Element)[:11]) >= KNOWN_AT_ISSUE


@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize(("element", "name"), TEXTS.items())
def test_a_language_that_is_missing_is_named(
    element: Element, name: str, language: str
) -> None:
    text = {**BOTH, language: "  "}

    found = missing_elements(replace(WHOLE, **{name: text}))  # type: ignore[arg-type]

    assert found == [Missing(element, (language,))]


@pytest.mark.parametrize("ects", [12, 30])
def test_the_limits_of_a_kind_are_within_it(ects: int) -> None:
    assert missing_elements(replace(WHOLE, ects=ects, courses_ects=ects)) == []


@pytest.mark.parametrize("level", range(1, 9))
def test_there_are_eight_levels(level: int) -> None:
    assert missing_elements(replace(WHOLE, eqf_level=level)) == []


def test_everything_missing_is_listed_in_order() -> None:
    nothing = VersionFacts(
        title={},
        lead={},
        content={},
        for_whom={},
        outcomes=(),
        ects=0,
        ects_limits=(12, 30),
        courses_ects=6,
        groups_suffice=True,
        isced_f=None,
        eqf_level=None,
        participation={},
        assessment_type={},
        quality_assurance={},
        country="",
        awarding_body={},
        run=RunFacts((), 0, {}, "", has_dates=False, has_places=False),
    )

    elements = [missing.element for missing in missing_elements(nothing)]

    # Without an outcome there is none to say how it is assessed.
    wanted = set(Element) - KNOWN_AT_ISSUE - {Element.OUTCOME_ASSESSMENT}
    assert elements == [element for element in Element if element in wanted]


def test_what_is_missing_is_said_in_words() -> None:
    assert str(Missing(Element.TITLE)) == "the title"
    assert str(Missing(Element.TITLE, ("et",))) == "the title in Estonian"
    with translation.override("et"):
        assert str(Missing(Element.TITLE, ("en",))) == "pealkiri inglise keeles"


# One change for each element, none of which touches another's.
APART: dict[Element, dict[str, object]] = {
    **{element: {name: {}} for element, name in TEXTS.items()},
    Element.COUNTRY: {"country": ""},
    Element.OUTCOMES: {"outcomes": (OUTCOME, OUTCOME)},
    Element.WORKLOAD: {"ects_limits": (13, 30)},
    Element.COURSES: {"groups_suffice": False},
    Element.FIELD: {"isced_f": None},
    Element.LEVEL: {"eqf_level": None},
}


@given(st.sets(st.sampled_from(sorted(APART, key=list(Element).index))))
def test_whatever_is_taken_away_together_is_named_together(taken: set[Element]) -> None:
    changes = {name: value for one in taken for name, value in APART[one].items()}

    found = missing_elements(replace(WHOLE, **changes))  # type: ignore[arg-type]

    assert found == [Missing(element) for element in Element if element in taken]
