"""Writing a draft: its texts, its rows, and two pages of it at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mikrokraad.catalogue import drafting, facts
from mikrokraad.catalogue.actions.locking import locked, require_draft
from mikrokraad.catalogue.drafting import CELLS, ROWS, Merged, Step
from mikrokraad.catalogue.models import Course, ProgrammeVersion, Writing
from mikrokraad.catalogue.rules import RequirementKind, Section
from mikrokraad.core.texts import Text
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

EDITABLE_TEXTS = frozenset(facts.TEXTS)
EDITED = "catalogue.version.edited"
MOST_ROWS = 60
SHOWN_BY_A_FILE = {RequirementKind.DOCUMENT, RequirementKind.CERTIFICATE}
ASIDE = 10_000  # where rows stand while they change places


@dataclass(frozen=True)
class Saved:
    """What came of saving a section: the draft, its revision now, and the merge.

    `before` is who had saved last, when the page that was sent is older than that.
    """

    version: ProgrammeVersion
    revision: int
    merged: Merged
    before: Person | None = None
    added: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.merged.clashes or self.merged.gone)


@transaction.atomic
def edit_texts(
    version: ProgrammeVersion,
    texts: Mapping[str, Text],
    *,
    by: Person | None,
    at: datetime,
) -> ProgrammeVersion:
    """Change texts of a draft. Refuses with `AlreadyApproved` in any later state."""
    version = locked(version)
    require_draft(version)
    changed = {
        name: text
        for name, text in texts.items()
        if name in EDITABLE_TEXTS and getattr(version, name) != text
    }
    for name, text in changed.items():
        setattr(version, name, text)
    if changed:
        version.save(update_fields=sorted(changed))
        _saved(_writing(version), sorted(changed), by=by, at=at)
    return version


@transaction.atomic
def edit_section(
    version: ProgrammeVersion,
    section: Section,
    given: Mapping[str, str],
    *,
    revision: int | None = None,
    seen: Mapping[str, str] | None = None,
    step: Step | None = None,
    by: Person,
    at: datetime,
) -> Saved:
    """Save one section of a draft, then add, remove or move a row.

    `given` are values by name (`drafting.flat`). When `revision` is not the draft's
    any more, `seen` (digests) tells what the page showed: what only others changed
    stays theirs, and what both changed is not written but told. Refuses with
    `AlreadyApproved`.
    """
    version = locked(version)
    require_draft(version)
    writing = _writing(version)
    now = drafting.flat(version, section)
    older = revision is not None and revision != writing.revision
    base = (seen or {}) if older else drafting.digests(now)
    merged = drafting.merge(given, now, base)
    before = writing.saved_by if older else None
    changed = _write(version, section, merged.take)
    added = ""
    if step and not merged.clashes and not merged.gone:
        added = _STEPS[step.verb](version, step)
        changed.append(f"{step.verb} {step.rows.label}")
    if changed:
        _saved(writing, changed, by=by, at=at)
    return Saved(version, writing.revision, merged, before, added)


def _writing(version: ProgrammeVersion) -> Writing:
    return (
        Writing.objects.select_for_update(of=("self",))
        .select_related("saved_by")
        .get_or_create(version=version)[0]
    )


def _saved(
    writing: Writing, changed: list[str], *, by: Person | None, at: datetime
) -> None:
    writing.revision += 1
    writing.saved_by, writing.saved_at = by, at
    writing.save()
    record(EDITED, writing.version, by=by, at=at, changed=sorted(set(changed)))


def _write(
    version: ProgrammeVersion, section: Section, take: Mapping[str, str]
) -> list[str]:
    """Put values where they belong; the names of the fields and rows that changed."""
    changed = drafting.put(version, CELLS.get(section, ()), take)
    if changed:
        version.save(update_fields=changed)
    for rows in ROWS.get(section, ()):
        for row in drafting.rows_in(version, rows):
            prefix = f"{drafting.named(rows, row)}-"
            said = {
                name.removeprefix(prefix): value
                for name, value in take.items()
                if name.startswith(prefix)
            }
            fields = drafting.put(row, drafting.cells_of(rows, row), said)
            if fields:
                row.save(update_fields=sorted(set(fields)))
                changed.append(rows.label)
    return changed


# Rows ---------------------------------------------------------------------------------


def _add(version: ProgrammeVersion, step: Step) -> str:
    """A new row at the end; its name, or nothing when there can be none."""
    if len(drafting.rows_in(version, step.rows)) >= MOST_ROWS:
        return ""
    row = _ADD[step.rows.label](version, step.what)
    return drafting.named(step.rows, row) if row else ""


def _next_position(version: ProgrammeVersion, relation: str) -> int:
    last = getattr(version, relation).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def _free_key(taken: set[str], word: str) -> str:
    return next(key for n in range(1, 999) if (key := f"{word}-{n}") not in taken)


def _add_outcome(version: ProgrammeVersion, _what: str) -> Any:  # noqa: ANN401
    return version.outcomes.create(position=_next_position(version, "outcomes"))


def _add_group(version: ProgrammeVersion, _what: str) -> Any:  # noqa: ANN401
    taken = set(version.elective_groups.values_list("key", flat=True))
    key = next((each for each in "ABCDEFGHIJ" if each not in taken), "")
    return version.elective_groups.create(key=key, min_ects=0) if key else None


def _add_component(version: ProgrammeVersion, what: str) -> Any:  # noqa: ANN401
    """`what` is a course's code, and after a bar the key of a group to choose from."""
    code, _bar, key = what.partition("/")
    course = Course.objects.filter(code=code).first()
    if course is None or version.components.filter(course=course).exists():
        return None
    return version.components.create(
        course=course,
        group=version.elective_groups.filter(key=key).first(),
        position=_next_position(version, "components"),
    )


def _add_requirement(version: ProgrammeVersion, kind: str) -> Any:  # noqa: ANN401
    if kind not in RequirementKind.values:
        return None
    taken = set(version.requirements.values_list("key", flat=True))
    return version.requirements.create(
        kind=kind,
        key=_free_key(taken, kind.replace("_", "-")),
        position=_next_position(version, "requirements"),
        needs_evidence=kind in SHOWN_BY_A_FILE,
    )


def _add_question(version: ProgrammeVersion, _what: str) -> Any:  # noqa: ANN401
    taken = set(version.questions.values_list("key", flat=True))
    return version.questions.create(
        key=_free_key(taken, "question"),
        position=_next_position(version, "questions"),
    )


_ADD = {
    "outcome": _add_outcome,
    "group": _add_group,
    "component": _add_component,
    "requirement": _add_requirement,
    "question": _add_question,
}


def _remove(version: ProgrammeVersion, step: Step) -> str:
    """Take a row out. Courses of a group that goes become required ones."""
    row = getattr(version, step.rows.relation).filter(pk=step.pk)
    if step.rows is drafting.GROUPS:
        version.components.filter(group_id=step.pk).update(group=None)
    row.delete()
    return ""


def _shift(version: ProgrammeVersion, step: Step) -> str:
    """Change places with the row above or below; nothing at either end."""
    rows = drafting.rows_in(version, step.rows)
    here = next((n for n, row in enumerate(rows) if row.pk == step.pk), None)
    if here is None or step.rows.order != "position":
        return ""
    there = here + (-1 if step.verb == "up" else 1)
    if 0 <= there < len(rows):
        one, other = rows[here], rows[there]
        old = one.position
        for row, position in ((one, ASIDE), (other, old), (one, other.position)):
            # the second row has its new place only after the first is out of the way
            type(row).objects.filter(pk=row.pk).update(position=position)
    return drafting.named(step.rows, rows[here])


_STEPS = {"add": _add, "remove": _remove, "up": _shift, "down": _shift}
