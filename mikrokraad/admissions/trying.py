"""Answers tried before applying, as an address says them. Pure.

The programme's page asks with them what an application will ask, and an application
begins with them: the same keys, so the same verdict (A4). Files cannot be tried; whoever
says they have one is taken to add it, and words are taken to be written.

    education=higher, <key>-met=yes, <key>-years=2.5, <key>-level=B2, <key>-file=yes
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from mikrokraad.admissions.eligibility import (
    EDUCATION_KEY,
    LEVELS,
    Asked,
    Finding,
    Given,
    evaluate,
)
from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.rules import Education, RequirementKind

MET, YEARS, LEVEL, FILE = "met", "years", "level", "file"
FIELD, SECTOR, COUNTRY = "field", "sector", "country"
YES, NO = "yes", "no"
MOST_YEARS = 70
MOST_LETTERS = 6
WRITTEN = "…"  # stands for words that a person will read


@dataclass(frozen=True)
class Tried:
    """What somebody says of themselves; answers by the key of the requirement."""

    education: str = ""
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def is_anything(self) -> bool:
        return bool(self.education or self.answers)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The same as GET parameters."""
        told = [(EDUCATION_KEY, self.education)] if self.education else []
        for key, answer in self.answers.items():
            told += [
                (named(key, what), f"{said:g}" if what == YEARS else said)
                for what, said in answer.items()
            ]
        return told

    def to_begin_with(self) -> dict[str, dict[str, Any]]:
        """What an application keeps: a file is added there, not said to be there."""
        kept = {
            key: {what: said for what, said in answer.items() if what != FILE}
            for key, answer in self.answers.items()
        }
        return {key: answer for key, answer in kept.items() if answer}


def named(key: str, what: str) -> str:
    return f"{key}-{what}"


def asks(asked: Asked) -> list[str]:
    """What can be tried of one requirement; nothing where words are asked."""
    kind, params = RequirementKind(asked.kind), asked.params
    if kind in _ALWAYS_ASKS:
        return _ALWAYS_ASKS[kind]
    if kind == RequirementKind.EXPERIENCE and params.get("years"):
        return [MET, YEARS]
    if kind == RequirementKind.EMPLOYMENT and params.get("sectors"):
        return [SECTOR]
    if kind == RequirementKind.EDUCATION and params.get("fields"):
        return [FIELD]
    if kind == RequirementKind.EDUCATION and params.get("least"):
        return []  # the education itself is asked once, for the whole programme
    return [MET]


_ALWAYS_ASKS = {
    RequirementKind.FREE_TEXT: [],
    RequirementKind.LANGUAGE: [LEVEL],
    RequirementKind.DOCUMENT: [FILE],
    RequirementKind.CITIZENSHIP: [COUNTRY],
    RequirementKind.RESIDENCE: [COUNTRY],
}


def tried(asked: Iterable[Asked], given: Mapping[str, str]) -> Tried:
    """The answers of an address; what makes no sense was not said."""
    answers = {each.key: _answer(each, given) for each in asked}
    education = given.get(EDUCATION_KEY, "")
    return Tried(
        education if education in Education.values else "",
        {key: answer for key, answer in answers.items() if answer},
    )


def _answer(asked: Asked, given: Mapping[str, str]) -> dict[str, Any]:
    read = {
        what: _READ[what](given.get(named(asked.key, what), "")) for what in asks(asked)
    }
    return {what: said for what, said in read.items() if said is not None}


def _choice(*choices: str) -> Any:  # noqa: ANN401
    return lambda said: said if said in choices else None


def _years(said: str) -> float | None:
    """Up to 70, in tenths at most, as the application takes them."""
    if len(said) > MOST_LETTERS:
        return None
    try:
        years = Decimal(said.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not years.is_finite() or not 0 <= years <= MOST_YEARS:
        return None
    return float(years) if years == round(years, 1) else None


_READ = {
    MET: _choice(YES, NO),
    FILE: _choice(YES, NO),
    LEVEL: _choice(*LEVELS),
    YEARS: _years,
    FIELD: _choice(*requiring.BroadField.values),
    SECTOR: _choice(*requiring.Sector.values),
    COUNTRY: lambda said: said if requiring.is_country(said) else None,
}


def is_answered(asked: Asked, answers: Tried) -> bool:
    """Whether enough was said of a requirement to say anything about it."""
    answer = answers.answers.get(asked.key, {})
    if asked.kind == RequirementKind.EDUCATION and asked.params.get("least"):
        return bool(answers.education) and set(asks(asked)) <= set(answer)
    return all(what in answer for what in asks(asked) if what != YEARS)


def findings(minimum: str, asked: list[Asked], answers: Tried) -> list[Finding]:
    """What an application with these answers, and the files it asks for, would be told."""
    given = Given(
        answers.education,
        {each.key: _as_answered(each, answers) for each in asked},
        {each.key: int(_brings_file(each, answers)) for each in asked},
    )
    return evaluate(minimum, asked, given)


def _as_answered(asked: Asked, answers: Tried) -> Mapping[str, Any]:
    if asked.kind == RequirementKind.FREE_TEXT:
        return {"about": WRITTEN}
    return answers.answers.get(asked.key, {})


def _brings_file(asked: Asked, answers: Tried) -> bool:
    return bool(answers.answers.get(asked.key, {}).get(FILE, YES) == YES)
