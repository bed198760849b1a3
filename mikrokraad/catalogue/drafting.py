"""A draft as its editor sees it: each section as names and values. Pure.

A section is read flat, every value a text: `title_et`, `outcome-12-criterion_en`. Two
pages of one draft can then be merged field by field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Model

from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import RequirementKind, Section

YES = "yes"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class As(StrEnum):
    """How a value stands in its row."""

    TEXT = "text"  # {"et": …, "en": …}
    LINES = "lines"  # a list of such texts, a line each
    WORD = "word"
    NUMBER = "number"
    FLAG = "flag"
    PARAM = "param"  # in the row's `params`
    PARAM_NUMBER = "param_number"
    ONLY_IF = "only_if"  # an answer to another question, as `key=0`


@dataclass(frozen=True)
class Cell:
    """One thing to fill in, in each language where it is a text."""

    name: str
    form: As = As.TEXT

    @property
    def names(self) -> list[str]:
        if self.form in (As.TEXT, As.LINES):
            return [f"{self.name}_{code}" for code in LANGUAGES]
        return [self.name]


@dataclass(frozen=True)
class Rows:
    """Records of a version: what one is called, and their relation."""

    label: str
    relation: str
    order: str = "position"


OUTCOMES = Rows("outcome", "outcomes")
GROUPS = Rows("group", "elective_groups", "key")
COMPONENTS = Rows("component", "components")
REQUIREMENTS = Rows("requirement", "requirements")
QUESTIONS = Rows("question", "questions")

CELLS = {
    Section.BASICS: (
        Cell("title"),
        Cell("lead"),
        Cell("content"),
        Cell("for_whom"),
        Cell("ects", As.NUMBER),
        Cell("field_id", As.WORD),
    ),
    Section.ADMISSION: (Cell("minimum_education", As.WORD),),
    Section.STANDARDS: (
        Cell("eqf_level", As.NUMBER),
        Cell("participation"),
        Cell("assessment_type"),
        Cell("quality_assurance"),
        Cell("supervision"),
    ),
}
ROWS = {
    Section.OUTCOMES: (OUTCOMES,),
    Section.COURSES: (GROUPS, COMPONENTS),
    Section.ADMISSION: (REQUIREMENTS, QUESTIONS),
}
ROW_CELLS = {
    "outcome": (Cell("text"), Cell("assessment"), Cell("criterion")),
    "group": (Cell("title"), Cell("min_ects", As.NUMBER)),
    "component": (Cell("group_id", As.WORD),),
    "requirement": (Cell("text"), Cell("needs_evidence", As.FLAG)),
    "question": (
        Cell("text"),
        Cell("required", As.FLAG),
        Cell("choices", As.LINES),
        Cell("only_if", As.ONLY_IF),
    ),
}
PARAMS: dict[str, tuple[Cell, ...]] = {
    RequirementKind.EDUCATION: (Cell("least", As.PARAM), Cell("fields", As.PARAM)),
    RequirementKind.EXPERIENCE: (
        Cell("sort", As.PARAM),
        Cell("years", As.PARAM_NUMBER),
    ),
    RequirementKind.EMPLOYMENT: (Cell("sectors", As.PARAM),),
    RequirementKind.LANGUAGE: (Cell("language", As.PARAM), Cell("level", As.PARAM)),
    RequirementKind.PRIOR_PROGRAMME: (Cell("register_code", As.PARAM),),
    RequirementKind.COURSE: (Cell("course_code", As.PARAM),),
    RequirementKind.CERTIFICATE: (Cell("issuer", As.PARAM),),
    RequirementKind.CITIZENSHIP: (Cell("gate", As.PARAM), Cell("countries", As.PARAM)),
    RequirementKind.RESIDENCE: (Cell("gate", As.PARAM), Cell("countries", As.PARAM)),
}
SOURCE = (Cell("source"), Cell("source_href", As.PARAM))


def rows_in(version: ProgrammeVersion, rows: Rows) -> list[Any]:
    """A version's records of one sort, in order, numbered as they are read."""
    return list(getattr(version, rows.relation).order_by(rows.order, "pk"))


def cells_of(rows: Rows, row: Any) -> tuple[Cell, ...]:  # noqa: ANN401 -- a row of any sort
    kind = getattr(row, "kind", "")
    source = SOURCE if rows is REQUIREMENTS else ()
    return ROW_CELLS[rows.label] + PARAMS.get(kind, ()) + source


def named(rows: Rows, row: Model) -> str:
    return f"{rows.label}-{row.pk}"


def flat(version: ProgrammeVersion, section: Section) -> dict[str, str]:
    """Everything a section says: name to text, in the order it is shown."""
    told = dict(_said(version, CELLS.get(section, ())))
    for rows in ROWS.get(section, ()):
        for row in rows_in(version, rows):
            of_row = _said(row, cells_of(rows, row))
            told |= {f"{named(rows, row)}-{name}": value for name, value in of_row}
    return told


def _said(row: Any, cells: tuple[Cell, ...]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for cell in cells:
        yield from zip(cell.names, _READ[cell.form](row, cell.name), strict=True)


def _texts(row: Any, name: str) -> list[str]:  # noqa: ANN401
    return [(getattr(row, name) or {}).get(code, "") for code in LANGUAGES]


def _lines(row: Any, name: str) -> list[str]:  # noqa: ANN401
    return [
        "\n".join(text.get(code, "") for text in getattr(row, name) or [])
        for code in LANGUAGES
    ]


def _word(row: Any, name: str) -> list[str]:  # noqa: ANN401
    value = getattr(row, name)
    return ["" if value is None else str(value)]


def _flag(row: Any, name: str) -> list[str]:  # noqa: ANN401
    return [YES if getattr(row, name) else ""]


def _param(row: Any, name: str) -> list[str]:  # noqa: ANN401
    return [str((row.params or {}).get(name, ""))]


def _only_if(row: Any, name: str) -> list[str]:  # noqa: ANN401
    said = getattr(row, name)
    return [f"{said['question']}={said['answer']}" if said else ""]


_READ = {
    As.TEXT: _texts,
    As.LINES: _lines,
    As.WORD: _word,
    As.NUMBER: _word,
    As.FLAG: _flag,
    As.PARAM: _param,
    As.PARAM_NUMBER: _param,
    As.ONLY_IF: _only_if,
}

# Putting values back -----------------------------------------------------------------


def put(row: Any, cells: tuple[Cell, ...], said: Mapping[str, str]) -> list[str]:  # noqa: ANN401
    """Give a row the values of `said` (names without the row's own); what it changed."""
    changed = [cell for cell in cells if set(cell.names) & set(said)]
    for cell in changed:
        before = dict(zip(cell.names, _READ[cell.form](row, cell.name), strict=True))
        values = [said.get(name, before[name]) for name in cell.names]
        _PUT[cell.form](row, cell.name, values)
    return ["params" if _is_param(cell) else cell.name for cell in changed]


def _is_param(cell: Cell) -> bool:
    return cell.form in (As.PARAM, As.PARAM_NUMBER)


def _put_texts(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    setattr(row, name, dict(zip(LANGUAGES, values, strict=True)))


def _put_lines(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    split = [value.split("\n") if value.strip() else [] for value in values]
    count = max(len(lines) for lines in split)
    setattr(
        row,
        name,
        [
            {
                code: lines[n] if n < len(lines) else ""
                for code, lines in zip(LANGUAGES, split, strict=True)
            }
            for n in range(count)
        ],
    )


def _put_word(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    is_key = name.endswith("_id")
    setattr(row, name, values[0] or (None if is_key else ""))


def _put_number(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    nothing = None if row._meta.get_field(name).null else 0
    setattr(row, name, int(values[0]) if values[0] else nothing)


def _put_flag(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    setattr(row, name, values[0] == YES)


def _put_param(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    rest = {key: value for key, value in row.params.items() if key != name}
    row.params = {**rest, name: values[0]} if values[0] else rest


def _put_param_number(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    _put_param(row, name, values)
    if values[0]:
        row.params[name] = int(values[0])


def _put_only_if(row: Any, name: str, values: list[str]) -> None:  # noqa: ANN401
    question, _equals, answer = values[0].partition("=")
    said = {"question": question, "answer": answer} if answer else None
    setattr(row, name, said)


_PUT = {
    As.TEXT: _put_texts,
    As.LINES: _put_lines,
    As.WORD: _put_word,
    As.NUMBER: _put_number,
    As.FLAG: _put_flag,
    As.PARAM: _put_param,
    As.PARAM_NUMBER: _put_param_number,
    As.ONLY_IF: _put_only_if,
}

# Two pages of one draft --------------------------------------------------------------


def digest(value: str) -> str:
    """A short mark of a value, to see later whether it is still the same."""
    return sha256(value.encode()).hexdigest()[:12]


def digests(values: Mapping[str, str]) -> dict[str, str]:
    return {name: digest(value) for name, value in values.items()}


@dataclass(frozen=True)
class Merged:
    """What a page's values come to beside what others have saved meanwhile.

    `take` is written. `theirs` was changed by somebody else only, and stays. `clashes`
    was changed by both: nothing is written, each value is theirs. `gone` are values of
    rows that somebody removed meanwhile.
    """

    take: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)


def merge(
    mine: Mapping[str, str], now: Mapping[str, str], seen: Mapping[str, str]
) -> Merged:
    """Three ways: what the page said when it was opened (`seen`, digests), mine, now."""
    merged = Merged()
    for name, value in mine.items():
        was, is_mine = seen.get(name), seen.get(name) != digest(value)
        if name not in now:
            if is_mine and value:
                merged.gone[name] = value
        elif value == now[name]:
            continue
        elif digest(now[name]) == was:
            merged.take[name] = value
        elif not is_mine:
            merged.theirs[name] = now[name]
        else:
            merged.clashes[name] = now[name]
    return merged


# Adding, removing, moving ------------------------------------------------------------

_OF_A_ROW = re.compile(r"[a-z]+-\d{1,18}-[a-z_]+")
_STEP = re.compile(
    r"(?P<verb>add|remove|up|down):(?P<label>[a-z]+)"
    r"(?:-(?P<pk>\d{1,18}))?(?::(?P<what>[\w.:/ -]{1,60}))?"
)


@dataclass(frozen=True)
class Step:
    """A button of the editor: which rows, which one of them, or what to add."""

    verb: str
    rows: Rows
    pk: int | None = None
    what: str = ""


def step_from(text: str) -> Step | None:
    """The step that a button's value names; None for any other text."""
    match = _STEP.fullmatch(text)
    every = {rows.label: rows for of in ROWS.values() for rows in of}
    if match is None or match["label"] not in every:
        return None
    pk = int(match["pk"]) if match["pk"] else None
    return Step(match["verb"], every[match["label"]], pk, match["what"] or "")


def is_of_a_row(name: str) -> bool:
    """Whether a value's name is that of a record's, such as `outcome-12-text_et`."""
    return bool(_OF_A_ROW.fullmatch(name))
