"""Two versions side by side: what was taken out and what was put in, word by word. Pure.

Outcomes, requirements and questions are matched by what they say or by their key,
courses by their code, so that one that was moved or put in between does not make all
the others look changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from mikrokraad.catalogue.drafting import LANGUAGES
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Education, Section
from mikrokraad.core.texts import said

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, OUT, IN = "same", "out", "in"
ALIKE = 0.4  # texts that share less than this are shown whole, not word by word


@dataclass(frozen=True)
class Piece:
    """Some words: in both versions, only in the old one, or only in the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that differs. `language` is empty for what has none."""

    label: str
    language: str
    pieces: list[Piece]


@dataclass(frozen=True)
class SectionChanges:
    section: Section
    changes: list[Change]

    @property
    def label(self) -> str:
        return str(self.section.label)


def words_compared(old: str, new: str) -> list[Piece]:
    """The pieces that `new` and `old` are made of, in reading order."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if old and new and _alike(before, after, matcher) < ALIKE:
        return [Piece(OUT, old), Piece(IN, new)]
    pieces = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece(OUT, "".join(before[a:b])))
        if d > c:
            pieces.append(Piece(IN, "".join(after[c:d])))
    return pieces


def _alike(
    before: list[str], after: list[str], matcher: "SequenceMatcher[str]"
) -> float:
    """How many of the words are in both, from 0 to 1; spaces do not count."""
    shared = [
        word
        for block in matcher.get_matching_blocks()
        for word in before[block.a : block.a + block.size]
        if not word.isspace()
    ]
    words = [word for word in (*before, *after) if not word.isspace()]
    return 2 * len(shared) / len(words) if words else 1.0


def compared(old: ProgrammeVersion, new: ProgrammeVersion) -> list[SectionChanges]:
    """Every section that differs, with its changes; nothing when all is the same.

    Prefetched relations are used.
    """
    found = [
        SectionChanges(section, list(changes(old, new)))
        for section, changes in _SECTIONS.items()
    ]
    return [one for one in found if one.changes]


# Sections -----------------------------------------------------------------------------


def _basics(old: ProgrammeVersion, new: ProgrammeVersion) -> Iterator[Change]:
    yield from _texts(_("Title"), old.title, new.title)
    yield from _texts(_("Introduction"), old.lead, new.lead)
    yield from _texts(_("What it is about"), old.content, new.content)
    yield from _texts(_("For whom"), old.for_whom, new.for_whom)
    yield from _plain(_("Volume (ECTS)"), old.ects, new.ects)
    yield from _plain(_("Field of study (ISCED-F)"), old.field_id, new.field_id)


def _standards(old: ProgrammeVersion, new: ProgrammeVersion) -> Iterator[Change]:
    yield from _plain(_("Level (EQF)"), old.eqf_level, new.eqf_level)
    for label, name in (
        (_("Form of participation"), "participation"),
        (_("Type of assessment"), "assessment_type"),
        (_("Type of quality assurance"), "quality_assurance"),
        (_("Supervision while assessing"), "supervision"),
    ):
        yield from _texts(label, getattr(old, name), getattr(new, name))


def _outcomes(old: ProgrammeVersion, new: ProgrammeVersion) -> Iterator[Change]:
    before, after = _in_order(old.outcomes.all()), _in_order(new.outcomes.all())
    for number, (one, other) in enumerate(_aligned(before, after), start=1):
        for label, name in (
            (_("Outcome {n}"), "text"),
            (_("Outcome {n}, how it is assessed"), "assessment"),
            (_("Outcome {n}, criterion"), "criterion"),
        ):
            yield from _texts(label.format(n=number), _of(one, name), _of(other, name))


def _admission(old: ProgrammeVersion, new: ProgrammeVersion) -> Iterator[Change]:
    levels = [Education(one.minimum_education).label for one in (old, new)]
    yield from _plain(_("Least education"), *levels)
    for label, relation in (
        (_("Condition"), "requirements"),
        (_("Question"), "questions"),
    ):
        rows = [_by_key(getattr(one, relation).all()) for one in (old, new)]
        for key in dict.fromkeys([*rows[0], *rows[1]]):
            one, other = rows[0].get(key), rows[1].get(key)
            name = f"{label} “{said(_of(other or one, 'text'))}”"
            yield from _texts(label, _of(one, "text"), _of(other, "text"))
            yield from _plain(name, _terms(one), _terms(other))


def _courses(old: ProgrammeVersion, new: ProgrammeVersion) -> Iterator[Change]:
    before, after = _told_courses(old), _told_courses(new)
    for code in sorted({*before, *after}):
        yield from _plain(code, before.get(code, ""), after.get(code, ""))
    groups = [{g.key: g for g in one.elective_groups.all()} for one in (old, new)]
    for key in sorted({*groups[0], *groups[1]}):
        one, other = groups[0].get(key), groups[1].get(key)
        label = _("Group {key}").format(key=key)
        yield from _texts(label, _of(one, "title"), _of(other, "title"))
        least = [str(group.min_ects) if group else "" for group in (one, other)]
        yield from _plain(_("Group {key}, least ECTS").format(key=key), *least)


_SECTIONS = {
    Section.BASICS: _basics,
    Section.OUTCOMES: _outcomes,
    Section.COURSES: _courses,
    Section.ADMISSION: _admission,
    Section.STANDARDS: _standards,
}

# Parts --------------------------------------------------------------------------------


def _texts(label: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for code in LANGUAGES:
        before, after = (old or {}).get(code, ""), (new or {}).get(code, "")
        if before != after:
            yield Change(label, code, words_compared(before, after))


def _plain(label: str, old: object, new: object) -> Iterator[Change]:
    before, after = ("" if one is None else str(one) for one in (old, new))
    if before != after:
        pieces = [Piece(OUT, before), Piece(IN, after)]
        yield Change(label, "", [piece for piece in pieces if piece.text])


def _of(row: Any, name: str) -> dict[str, str]:  # noqa: ANN401 -- a row of any sort
    return getattr(row, name) if row is not None else {}


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.position)


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.key: row for row in _in_order(rows)}


def _terms(row: Any) -> str:  # noqa: ANN401 -- a requirement or a question
    """What counts of a condition or question, besides its words."""
    if row is None:
        return ""
    told = [f"{name}: {value}" for name, value in sorted(_params(row).items())]
    if getattr(row, "needs_evidence", False):
        told.append(_("a file has to show it"))
    if said(getattr(row, "source", None)):
        told.append(_("source: {words}").format(words=said(row.source)))
    told += [said(choice) for choice in getattr(row, "choices", [])]
    if only := getattr(row, "only_if", None):
        told.append(_("only if {question} is answered {answer}").format(**_which(only)))
    return "; ".join(told)


def _which(only: dict[str, str]) -> dict[str, str]:
    """The answer's number as people count."""
    return {"question": only["question"], "answer": str(int(only["answer"]) + 1)}


def _params(row: Any) -> dict[str, Any]:  # noqa: ANN401
    return getattr(row, "params", None) or {}


def _told_courses(version: ProgrammeVersion) -> dict[str, str]:
    return {
        part.course.code: _("{title}, {ects} ECTS, {how}").format(
            title=said(part.course.title),
            ects=part.course.ects,
            how=_("to choose, group {key}").format(key=part.group.key)
            if part.group
            else _("required"),
        )
        for part in version.components.all()
    }


def _aligned(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs of rows that belong together; None where one side has none.

    Rows of the same words belong together; between them, those in the same place.
    """
    before, after = ([_key(row) for row in rows] for rows in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        for n in range(max(b - a, d - c)):
            yield (
                old[a + n] if a + n < b else None,
                new[c + n] if c + n < d else None,
            )


def _key(row: Any) -> str:  # noqa: ANN401 -- an outcome
    return said(row.text) or f"row {row.pk}"
