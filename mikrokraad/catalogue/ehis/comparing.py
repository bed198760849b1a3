"""How the register's record differs from ours, field by field.

Ours is the version that visitors see; while there is none, the newest draft.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mikrokraad.catalogue.ehis.reading import Record, cleaned, outcomes_from
from mikrokraad.catalogue.models import Field, Programme, ProgrammeVersion
from mikrokraad.catalogue.rules import VERSIONS


@dataclass(frozen=True)
class Difference:
    """One field in which two records differ; each side as lines of text."""

    name: str
    ours: list[str]
    theirs: list[str]
    sentence: str  # all in one line, for a report

    @property
    def label(self) -> str:
        return {
            "title_et": _("Title in Estonian"),
            "title_en": _("Title in English"),
            "ects": _("Volume (ECTS)"),
            "isced_f": _("Field of study (ISCED-F)"),
            "outcomes": _("Outcomes in Estonian"),
            "status": _("Status in the register"),
        }[self.name]


def compared_version(programme: Programme) -> ProgrammeVersion | None:
    """The version that stands beside the register's record. Uses prefetched versions."""
    versions = sorted(programme.versions.all(), key=lambda v: (v.major, v.minor))
    shown = VERSIONS.where("shown")
    seen = [version for version in versions if version.state in shown]
    best = seen or versions
    return best[-1] if best else None


def facts_of(version: ProgrammeVersion) -> dict[str, Any]:
    """What of a version the register knows too. Uses prefetched outcomes."""
    outcomes = sorted(version.outcomes.all(), key=lambda one: one.position)
    return {
        "title": version.title,
        "ects": version.ects,
        "isced_f": version.field_id,
        "outcomes": [one.text.get("et", "") for one in outcomes],
    }


def as_the_register_reads(texts: list[str]) -> list[str]:
    """Outcomes as they come back from the register: a number before each, no stop."""
    numbered = [f"{n}. {text}" for n, text in enumerate(texts, start=1) if text.strip()]
    return outcomes_from([" ".join(text.split()) for text in numbered])


def differences(
    version: ProgrammeVersion,
    record: Record,
    *,
    knows: Callable[[str], bool] | None = None,
) -> Iterator[Difference]:
    """Every field that differs; `knows` says which fields of study we have."""
    ours = facts_of(version)
    for language in ("et", "en"):
        own, theirs = ours["title"].get(language, ""), record.title[language]
        if cleaned(own) != theirs:
            said = _("title ({language}): register has “{theirs}”").format(
                language=language, theirs=theirs
            )
            yield Difference(f"title_{language}", [own], [theirs], said)
    yield from _measures(ours, record, knows or _is_known)
    lines = as_the_register_reads(ours["outcomes"])
    if lines != record.outcomes:
        said = _("outcomes: ours {ours}, register {theirs}, in other words").format(
            ours=len(ours["outcomes"]), theirs=len(record.outcomes)
        )
        yield Difference("outcomes", lines, record.outcomes, said)
    if not record.is_registered:
        said = _("status in the register: {status}").format(status=record.status)
        yield Difference("status", [], [record.status], said)


def _measures(
    ours: dict[str, Any], record: Record, knows: Callable[[str], bool]
) -> Iterator[Difference]:
    ects, field = ours["ects"], ours["isced_f"] or ""
    if ects != record.ects:
        said = _("ECTS: ours {ours}, register {theirs}").format(
            ours=ects, theirs=record.ects
        )
        yield Difference("ects", [str(ects)], [str(record.ects)], said)
    if field != record.isced_f and knows(record.isced_f):
        said = _("ISCED-F: ours {ours}, register {theirs}").format(
            ours=ours["isced_f"], theirs=record.isced_f
        )
        yield Difference("isced_f", [field], [record.isced_f], said)


def _is_known(code: str) -> bool:
    return Field.objects.filter(pk=code).exists()
