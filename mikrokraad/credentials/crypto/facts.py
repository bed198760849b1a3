"""The frozen facts of one certificate or statement: what every rendering says.

The eleven mandatory elements of the Council Recommendation 2022/C 243/02 on
micro-credentials (Annex I) are all here; without one of them there is no document.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, Literal, TypeAlias, TypedDict, cast

import rfc8785

Language: TypeAlias = Literal["et", "en"]
Bilingual: TypeAlias = dict[str, str]
Number: TypeAlias = int | float

HOURS_PER_ECTS = 26  # Estonia
LEVELS = range(1, 9)
# Unpaired surrogates, non-characters, and marks that turn the direction of what follows.
UNPRINTABLE = re.compile("[\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SPACES = re.compile(r"\s+")


class Learner(TypedDict):
    """`id` is ours (urn:uuid:…). `birth_date` is printed, never put in a badge.

    The personal code is printed too, but kept sealed beside the facts; `sealed_code_sha256`
    is the SHA-256 of that seal in hex, so that it cannot change unseen.
    """

    id: str
    name: str
    given_name: str
    family_name: str
    birth_date: str | None
    sealed_code_sha256: str | None


class Institution(TypedDict):
    name: Bilingual
    registry_code: str
    country: str
    place: Bilingual
    url: str


class Programme(TypedDict):
    """`ects` is the planned volume, `url` the page of the programme."""

    title: Bilingual
    kind: Bilingual
    version: str
    register_code: str
    isced_f: str
    ects: Number
    url: str


class Period(TypedDict):
    starts: str
    ends: str


class Outcome(TypedDict):
    text: Bilingual
    assessment: Bilingual
    passed: bool


class Course(TypedDict):
    code: str
    title: Bilingual
    ects: Number
    grade: str
    scale: Literal["letter", "pass_fail"]
    lecturer: str
    passed_on: str


class CountsTowards(TypedDict):
    curriculum: Bilingual


class Facts(TypedDict):
    """Everything. Days are ISO dates in the institution's zone; `ects` is what was passed."""

    number: str
    kind: Literal["certificate", "statement"]
    language: Language
    learner: Learner
    institution: Institution
    programme: Programme
    ects: Number
    hours: Number
    eqf_level: int
    period: Period
    issued_on: str
    outcomes: list[Outcome]
    courses: list[Course]
    participation: Bilingual
    assessment_type: Bilingual
    quality_assurance: Bilingual
    prerequisites: Bilingual | None
    supervision: Bilingual | None
    stackability: Bilingual | None
    counts_towards: list[CountsTowards]
    lecturers: list[str]
    seal_note: Bilingual | None


class FactsIncomplete(ValueError):
    """A mandatory element is missing or has no sense; `elements` names every one."""

    def __init__(self, *elements: str) -> None:
        super().__init__("Missing or without sense: " + ", ".join(elements))
        self.elements = elements


def checked(facts: Mapping[str, Any]) -> Facts:
    """The facts as they are frozen: texts cleaned, numbers plain, every element there.

    Errors: FactsIncomplete, with the names of all that is missing.
    """
    try:
        frozen = cast(
            "Facts", _clean({name: facts[name] for name in Facts.__annotations__})
        )
        frozen["ects"] = _number(frozen["ects"])
        frozen["hours"] = _number(frozen["hours"])
        frozen["programme"]["ects"] = _number(frozen["programme"]["ects"])
        for course in frozen["courses"]:
            course["ects"] = _number(course["ects"])
        missing = [name for name, there in _elements(frozen).items() if not there]
    except KeyError as error:
        raise FactsIncomplete(str(error.args[0])) from error
    if missing:
        raise FactsIncomplete(*missing)
    return frozen


def canonical(facts: Facts) -> bytes:
    """The facts as canonical JSON (RFC 8785): what is stored and hashed."""
    return rfc8785.dumps(cast("dict[str, Any]", facts))


def facts_hash(facts: Facts) -> str:
    """SHA-256 of the canonical facts, in hex."""
    return sha256(canonical(facts)).hexdigest()


def seal_hash(sealed_code: bytes | None) -> str | None:
    """SHA-256 of a sealed personal code in hex: what the facts tell of it."""
    return sha256(sealed_code).hexdigest() if sealed_code else None


def belt_seed(facts: Facts) -> str:
    """What a certificate's belt is woven from: its facts but for who the learner is.

    The belt stands on the public status page, so nothing can be read out of it about a
    birth date or a personal code. The number makes every belt another one.
    """
    told = {name: fact for name, fact in facts.items() if name != "learner"}
    return sha256(rfc8785.dumps(cast("dict[str, Any]", told))).hexdigest()


def clean(text: str) -> str:
    """One line of printable text: NFC, no control characters, single spaces."""
    plain = UNPRINTABLE.sub("", CONTROL.sub(" ", text))
    return SPACES.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def said(text: Bilingual | None, language: str) -> str:
    """The text in `language`, else in the other one."""
    texts = text or {}
    return texts.get(language) or next(filter(None, texts.values()), "")


def hours_of(ects: Number) -> Number:
    """The hours of work that `ects` credits stand for in Estonia."""
    return _number(Decimal(str(ects)) * HOURS_PER_ECTS)


def written(number: Number, language: str) -> str:
    """7.5 as a person writes it: 7,5 in Estonian."""
    text = f"{number:g}"
    return text.replace(".", ",") if language == "et" else text


def _elements(facts: Facts) -> dict[str, bool]:
    """Element -> is it there?"""
    language = facts["language"]
    learner, institution, programme = (
        facts["learner"],
        facts["institution"],
        facts["programme"],
    )
    return {
        "number": bool(facts["number"]),
        "language": language in {"et", "en"},
        "kind": facts["kind"] in {"certificate", "statement"},
        "learner": bool(learner["name"]) and learner["id"].startswith("urn:uuid:"),
        "title": bool(said(programme["title"], language)),
        "country": bool(re.fullmatch("[A-Z]{2}", institution["country"])),
        "awarding_body": bool(said(institution["name"], language)),
        "issued_on": _is_day(facts["issued_on"]),
        "period": _is_day(facts["period"]["starts"])
        and _is_day(facts["period"]["ends"]),
        "outcomes": bool(facts["outcomes"]) and _all_outcomes_said(facts),
        "workload": facts["ects"] > 0 and facts["hours"] == hours_of(facts["ects"]),
        "level": facts["eqf_level"] in LEVELS,
        "assessment_type": bool(said(facts["assessment_type"], language)),
        "participation": bool(said(facts["participation"], language)),
        "quality_assurance": bool(said(facts["quality_assurance"], language)),
    }


def _all_outcomes_said(facts: Facts) -> bool:
    passed = [each["passed"] for each in facts["outcomes"]]
    enough = all(passed) if facts["kind"] == "certificate" else any(passed)
    return enough and all(
        said(each["text"], facts["language"])
        and said(each["assessment"], facts["language"])
        for each in facts["outcomes"]
    )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        return False


def _number(value: object) -> Number:
    """Units: ECTS or hours, at most two decimals."""
    try:
        number = round(Decimal(str(value)), 2)
        return int(number) if number == number.to_integral_value() else float(number)
    except (InvalidOperation, ValueError):
        raise FactsIncomplete("workload") from None


def _clean(value: Any) -> Any:  # noqa: ANN401 -- any JSON value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
