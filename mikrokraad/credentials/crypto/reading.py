"""The facts that all renderings share, from the facts themselves and from an Open Badge.

They must be equal for every certificate: no rendering says more, less or something else.
"""

from typing import Any, TypedDict, cast
from urllib.parse import unquote

from mikrokraad.credentials.crypto import narrative, openbadge
from mikrokraad.credentials.crypto.contexts import Document
from mikrokraad.credentials.crypto.facts import Bilingual, Facts, Language, Number, said


class SharedOutcome(TypedDict):
    text: str
    assessment: str
    passed: bool


class SharedCourse(TypedDict):
    code: str
    title: str
    grade: str


class Shared(TypedDict):
    """The facts in the document's own language."""

    number: str
    kind: str
    language: str
    learner_id: str
    learner_name: str
    title: str
    country: str
    awarding_body: str
    issued_on: str
    starts: str
    ends: str
    ects_planned: Number
    ects: Number
    workload: str
    eqf_level: int
    isced_f: str
    assessment_type: str
    participation: str
    quality_assurance: str
    prerequisites: str
    supervision: str
    stackability: str
    counts_towards: list[str]
    outcomes: list[SharedOutcome]
    courses: list[SharedCourse]


def shared(facts: Facts) -> Shared:
    """The facts as every rendering shows them."""
    language = facts["language"]

    def in_words(text: Bilingual | None) -> str:
        return said(text, language)

    return {
        "number": facts["number"],
        "kind": facts["kind"],
        "language": language,
        "learner_id": facts["learner"]["id"],
        "learner_name": facts["learner"]["name"],
        "title": in_words(facts["programme"]["title"]),
        "country": facts["institution"]["country"],
        "awarding_body": in_words(facts["institution"]["name"]),
        "issued_on": facts["issued_on"],
        "starts": facts["period"]["starts"],
        "ends": facts["period"]["ends"],
        "ects_planned": facts["programme"]["ects"],
        "ects": facts["ects"],
        "workload": narrative.volume(facts["ects"], facts["hours"], language),
        "eqf_level": facts["eqf_level"],
        "isced_f": facts["programme"]["isced_f"],
        "assessment_type": in_words(facts["assessment_type"]),
        "participation": in_words(facts["participation"]),
        "quality_assurance": in_words(facts["quality_assurance"]),
        "prerequisites": in_words(facts["prerequisites"]),
        "supervision": in_words(facts["supervision"]),
        "stackability": in_words(facts["stackability"]),
        "counts_towards": [
            in_words(each["curriculum"]) for each in facts["counts_towards"]
        ],
        "outcomes": [
            {
                "text": in_words(each["text"]),
                "assessment": in_words(each["assessment"]),
                "passed": each["passed"],
            }
            for each in facts["outcomes"]
        ],
        "courses": [
            {
                "code": each["code"],
                "title": in_words(each["title"]),
                "grade": each["grade"],
            }
            for each in facts["courses"]
        ],
    }


def facts_in(credential: Document) -> Shared:
    """The shared facts of an Open Badge that was made here.

    Errors: KeyError or IndexError for a badge of somebody else.
    """
    issuer, subject = credential["issuer"], credential["credentialSubject"]
    achievement = subject["achievement"]
    language = cast("Language", achievement["inLanguage"])
    told = narrative.read(achievement["criteria"]["narrative"], language)
    aligned = {each["targetType"]: each for each in achievement["alignment"]}
    kinds = {kind: name for name, kind in openbadge.TYPES.items()}
    kind = kinds[achievement["achievementType"]]
    opening = openbadge.STATEMENT_OF[language] if kind == "statement" else ""
    return {
        "number": subject["licenseNumber"],
        "kind": kind,
        "language": language,
        "learner_id": subject["id"],
        "learner_name": _identity(subject, "name"),
        "title": achievement["name"].removeprefix(opening),
        "country": issuer["address"]["addressCountryCode"],
        "awarding_body": issuer["name"],
        "issued_on": _day(credential["awardedDate"]),
        "starts": _day(subject["activityStartDate"]),
        "ends": _day(subject["activityEndDate"]),
        "ects_planned": achievement["creditsAvailable"],
        "ects": subject["creditsEarned"],
        "workload": subject["narrative"],
        "eqf_level": int(aligned["ext:EQF"]["targetCode"]),
        "isced_f": aligned["ext:ISCED-F"]["targetCode"],
        "assessment_type": _only(told["assessment_type"]),
        "participation": _only(told["participation"]),
        "quality_assurance": aligned["ext:QualityAssurance"]["targetName"],
        "prerequisites": _only(told["prerequisites"]),
        "supervision": _only(told["supervision"]),
        "stackability": _only(told["stackability"]),
        "counts_towards": told["counts_towards"],
        "outcomes": _outcomes(subject, told["assessment"]),
        "courses": _courses(subject),
    }


def _outcomes(subject: Document, assessments: list[str]) -> list[SharedOutcome]:
    results = _results(subject)
    described = [
        each
        for each in _descriptions(subject)
        if "-outcome-" in each["id"].rsplit("#", 1)[1]
    ]
    return [
        {
            "text": each["name"],
            "assessment": assessment,
            "passed": each["id"] in results,
        }
        for each, assessment in zip(described, assessments, strict=True)
    ]


def _courses(subject: Document) -> list[SharedCourse]:
    results, marker = _results(subject), subject["achievement"]["id"] + "-course-"
    return [
        _course(each, marker, results)
        for each in _descriptions(subject)
        if each["id"].startswith(marker)
    ]


def _course(
    described: Document, marker: str, results: dict[str, Document]
) -> SharedCourse:
    code = unquote(described["id"].removeprefix(marker))
    title = (
        described["name"]
        .removeprefix(code + openbadge.SEPARATOR)
        .rsplit(openbadge.SEPARATOR, 1)[0]
    )
    return {"code": code, "title": title, "grade": results[described["id"]]["value"]}


def _descriptions(subject: Document) -> list[Document]:
    described: list[Document] = subject["achievement"]["resultDescription"]
    return described


def _results(subject: Document) -> dict[str, Document]:
    return {each["resultDescription"]: each for each in subject["result"]}


def _identity(subject: Document, kind: str) -> str:
    names: list[Any] = [
        each["identityHash"]
        for each in subject["identifier"]
        if each["identityType"] == kind
    ]
    return str(names[0])


def _only(texts: list[str]) -> str:
    return texts[0] if texts else ""


def _day(instant: str) -> str:
    return instant.removesuffix(openbadge.MIDNIGHT)
