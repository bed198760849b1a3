"""Does somebody meet the requirements? Pure: answers in, verdict with reasons out.

The same answers and the same requirements always give the same verdict (A4). What
only a human being can judge is left to one, and says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue import requiring
from mikrokraad.catalogue.rules import Education, RequirementKind

RULES = "2026-11"  # a new name whenever the same answers may give another verdict
EDUCATION_KEY = "education"
LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"]


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    JUDGE = "judge"  # a person will judge


@dataclass(frozen=True)
class Asked:
    """One requirement of the programme, as data."""

    key: str
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    needs_evidence: bool = False


@dataclass(frozen=True)
class Given:
    """What the applicant answered: education, answers and number of files by key."""

    education: str
    answers: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, int]


@dataclass(frozen=True)
class Finding:
    """Whether one requirement is met, and why: a key of `REASONS`."""

    key: str
    kind: str
    met: Met
    reason: str


REASONS: dict[str, str | Promise] = {
    "education_enough": _("The completed education is enough."),
    "education_too_low": _("The completed education is below what is asked."),
    "said_yes": _("The applicant says so."),
    "said_no": _("The applicant says that it is not so."),
    "not_answered": _("There is no answer."),
    "years_enough": _("The years of experience are enough."),
    "years_too_few": _("The years of experience are fewer than asked."),
    "field_fits": _("The field of the completed education is one that is asked."),
    "field_differs": _(
        "The field of the completed education is not one of those asked."
    ),
    "sector_fits": _("The applicant works in the sector that is asked."),
    "sector_differs": _("The applicant works in another sector than is asked."),
    "not_employed": _("The applicant does not work at the moment."),
    "citizenship_fits": _("The citizenship is one that may take part."),
    "citizenship_closed": _("The programme is not open to this citizenship."),
    "residence_fits": _("The country of residence is one that may take part."),
    "residence_closed": _("The programme is not open to this country of residence."),
    "level_enough": _("The level of the language is enough."),
    "level_too_low": _("The level of the language is below what is asked."),
    "file_missing": _("The file that is asked for is not there."),
    "file_to_read": _("A person will read the file."),
    "words_to_read": _("A person will read the answer."),
    "record_to_check": _("A person will look it up."),
}


def evaluate(minimum: str, asked: Iterable[Asked], given: Given) -> list[Finding]:
    """One finding for the least education and one for each requirement, in order."""
    return [_least_education(minimum, given), *(_one(each, given) for each in asked)]


def overall(findings: Iterable[Finding]) -> Met:
    """Not met if anything is not; left to a person if anything is; else met."""
    found = {finding.met for finding in findings}
    if Met.NOT_MET in found:
        return Met.NOT_MET
    return Met.JUDGE if Met.JUDGE in found else Met.MET


def as_verdict(findings: list[Finding], *, version: str) -> dict[str, Any]:
    """What is frozen with an application (A3)."""
    return {
        "rules": RULES,
        "version": version,
        "overall": overall(findings).value,
        "findings": [asdict(finding) for finding in findings],
    }


def _least_education(minimum: str, given: Given) -> Finding:
    order = list(Education)
    kind = RequirementKind.EDUCATION
    if given.education not in order:
        return Finding(EDUCATION_KEY, kind, Met.NOT_MET, "not_answered")
    if order.index(Education(given.education)) < order.index(Education(minimum)):
        return Finding(EDUCATION_KEY, kind, Met.NOT_MET, "education_too_low")
    return Finding(EDUCATION_KEY, kind, Met.MET, "education_enough")


def _one(asked: Asked, given: Given) -> Finding:
    answer = {"completed": given.education, **given.answers.get(asked.key, {})}
    has_file = given.files.get(asked.key, 0) > 0
    met, reason = _JUDGES[RequirementKind(asked.kind)](asked, answer)
    needs_file = asked.needs_evidence or asked.kind == RequirementKind.DOCUMENT
    if needs_file and met != Met.NOT_MET:
        met, reason = (
            (Met.JUDGE, "file_to_read") if has_file else (Met.NOT_MET, "file_missing")
        )
    return Finding(asked.key, asked.kind, met, reason)


def _said(answer: Mapping[str, Any]) -> tuple[Met, str]:
    if answer.get("met") == "no":
        return Met.NOT_MET, "said_no"
    if answer.get("met") == "yes":
        return Met.MET, "said_yes"
    return Met.NOT_MET, "not_answered"


def _experience(asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    met, reason = _said(answer)
    least = asked.params.get("years")
    if met == Met.NOT_MET:
        return met, reason
    if least is None:
        return Met.JUDGE, "words_to_read"
    years = answer.get("years")
    if years is None:
        return Met.JUDGE, "words_to_read"
    return (
        (Met.MET, "years_enough") if years >= least else (Met.NOT_MET, "years_too_few")
    )


def _employment(asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    wanted = requiring.words(asked.params.get("sectors"))
    if not wanted:
        return _said(answer)
    sector = answer.get("sector")
    if sector not in requiring.Sector.values:
        return Met.NOT_MET, "not_answered"
    if sector == requiring.NOT_EMPLOYED:
        return Met.NOT_MET, "not_employed"
    return (
        (Met.MET, "sector_fits")
        if sector in wanted
        else (Met.NOT_MET, "sector_differs")
    )


def _education(asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    """Level and field together; without either, a person looks it up."""
    least = asked.params.get("least")
    fields = requiring.words(asked.params.get("fields"))
    if least in Education.values and not _reaches(answer["completed"], least):
        given = answer["completed"] in Education.values
        return Met.NOT_MET, "education_too_low" if given else "not_answered"
    if fields:
        return _field(fields, answer.get("field"))
    if least:
        return Met.MET, "education_enough"
    return _to_look_up(asked, answer)


def _field(fields: list[str], field: object) -> tuple[Met, str]:
    if field not in requiring.BroadField.values:
        return Met.NOT_MET, "not_answered"
    if field in fields:
        return Met.MET, "field_fits"
    return Met.NOT_MET, "field_differs"


def _reaches(completed: object, least: str) -> bool:
    order = list(Education.values)
    return completed in order and order.index(str(completed)) >= order.index(least)


def _gate(asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    """A list of countries that may, or may not, take part."""
    country = answer.get("country")
    if not requiring.is_country(country):
        return Met.NOT_MET, "not_answered"
    listed = requiring.listed_countries(asked.params.get("countries"))
    allows = asked.params.get("gate", requiring.Gate.ALLOW) != requiring.Gate.DENY
    if not listed or (country in listed) == allows:
        return Met.MET, f"{asked.kind}_fits"
    return Met.NOT_MET, f"{asked.kind}_closed"


def _language(asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    level = answer.get("level")
    if level not in LEVELS:
        return Met.NOT_MET, "not_answered"
    least = asked.params.get("level", LEVELS[0])
    if LEVELS.index(level) < LEVELS.index(least):
        return Met.NOT_MET, "level_too_low"
    return Met.MET, "level_enough"


def _to_look_up(_asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    met, reason = _said(answer)
    return (met, reason) if met == Met.NOT_MET else (Met.JUDGE, "record_to_check")


def _document(_asked: Asked, _answer: Mapping[str, Any]) -> tuple[Met, str]:
    return Met.JUDGE, "file_to_read"


def _free_text(_asked: Asked, answer: Mapping[str, Any]) -> tuple[Met, str]:
    if not str(answer.get("about", "")).strip():
        return Met.NOT_MET, "not_answered"
    return Met.JUDGE, "words_to_read"


_JUDGES = {
    RequirementKind.EDUCATION: _education,
    RequirementKind.EXPERIENCE: _experience,
    RequirementKind.EMPLOYMENT: _employment,
    RequirementKind.LANGUAGE: _language,
    RequirementKind.PRIOR_PROGRAMME: _to_look_up,
    RequirementKind.COURSE: _to_look_up,
    RequirementKind.CERTIFICATE: _to_look_up,
    RequirementKind.CITIZENSHIP: _gate,
    RequirementKind.RESIDENCE: _gate,
    RequirementKind.DOCUMENT: _document,
    RequirementKind.FREE_TEXT: _free_text,
}
