"""What the editor's page is made of: sections, sums, clashes, and the state of saving."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue import drafting
from mikrokraad.catalogue.actions import Saved
from mikrokraad.catalogue.desk import writing
from mikrokraad.catalogue.drafting import Step, step_from
from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.rules import Section
from mikrokraad.core.texts import said
from mikrokraad.core.weave import COLOURS
from mikrokraad.office.views.programmes_forms import (
    REQUIREMENTS,
    SectionForm,
    group_name,
)
from mikrokraad.office.views.programmes_meter import meter

Context = dict[str, Any]


def step_of(given: Mapping[str, str]) -> Step | None:
    return step_from(given.get("do", ""))


def query(**values: str) -> str:
    return urlencode(values)


def editor(form: SectionForm, seen: dict[str, str]) -> Context:
    """All that the editor's page shows of one section."""
    version, section = form.version, form.section
    written = writing.written(version)
    return {
        "version": version,
        "section": section,
        "form": form,
        "tabs": tabs(version, section),
        "outcomes": list(form.rows(drafting.OUTCOMES))
        if section == Section.OUTCOMES
        else [],
        "requirements": list(form.rows(drafting.REQUIREMENTS))
        if section == Section.ADMISSION
        else [],
        "questions": list(form.rows(drafting.QUESTIONS))
        if section == Section.ADMISSION
        else [],
        "new_requirements": REQUIREMENTS,
        **(courses(form) if section == Section.COURSES else {}),
        "meter": meter(version),
        "seen": json.dumps(seen),
        "revision": written.revision if written else 0,
        "written": written,
    }


def tabs(version: ProgrammeVersion, current: str) -> list[Context]:
    """The sections in the order in which they are written, then the preview."""
    found: list[tuple[Any, str, bool]] = [
        (
            one.label,
            reverse("office:programmes_section", args=[version.pk, one.value]),
            one == current,
        )
        for one in Section
        if one != Section.RUN
    ]
    runs = reverse("office:programmes_runs", args=[version.pk])
    found.append((Section.RUN.label, runs, current == Section.RUN))
    found.append((_("Preview"), reverse("pages:preview", args=[version.pk]), False))
    return [
        {"label": label, "href": href, "current": is_current}
        for label, href, is_current in found
    ]


# Courses -------------------------------------------------------------------------------


def courses(form: SectionForm) -> Context:
    """Required courses, then each group to choose from, and what they add up to."""
    rows = {row.row.pk: row for row in form.rows(drafting.COMPONENTS)}
    parts = list(
        form.version.components.select_related("course__field", "group").order_by(
            "position", "pk"
        )
    )
    told = [_part(part, rows[part.pk], n) for n, part in enumerate(parts)]
    groups = [
        {
            "fields": group,
            "name": group_name(group.row),
            "key": group.row.key,
            "parts": [one for one in told if one["group"] == group.row.pk],
        }
        for group in form.rows(drafting.GROUPS)
    ]
    return {
        "required": [one for one in told if one["group"] is None],
        "groups": groups,
        "sum": course_sum(form.version),
    }


def _part(part: Any, row: Any, number: int) -> Context:  # noqa: ANN401 -- a component
    return {
        "name": row.name,
        "field": row.pairs[0].fields[0],
        "course": part.course,
        "group": part.group_id,
        "colour": COLOURS[number % len(COLOURS)],
    }


def course_sum(version: ProgrammeVersion) -> Context:
    """What the courses add up to beside the programme's volume. Units: ECTS."""
    parts = list(version.components.select_related("course"))
    required = sum(part.course.ects for part in parts if part.group_id is None)
    groups = list(version.elective_groups.order_by("key"))
    short = [
        group.key
        for group in groups
        if sum(p.course.ects for p in parts if p.group_id == group.pk) < group.min_ects
    ]
    chosen = sum(group.min_ects for group in groups)
    return {
        "required": required,
        "chosen": chosen,
        "there": required + chosen,
        "wanted": version.ects,
        "short": short,
        "fits": required + chosen == version.ects and not short,
        "squares": max(version.ects, required + chosen),
    }


# Saving beside somebody else -----------------------------------------------------------


def after_autosave(
    form: SectionForm, saved: Saved | None, seen: dict[str, str], revision: str
) -> Context:
    """What the page takes over: marks of what it shows, the meter, the sum, a word.

    While somebody else's changes are not in the page, it keeps its old revision, so
    that the next save is merged, too.
    """
    refused = saved is None
    merged = saved.merged if saved else drafting.Merged()
    given = form.given
    apart = bool(merged.theirs or merged.clashes or merged.gone)
    if saved is not None and not apart:
        revision = str(saved.revision)
    kept = {
        name: drafting.digest(value)
        for name, value in given.items()
        if not refused and name not in merged.clashes and name not in merged.gone
    }
    version = saved.version if saved else form.version
    return {
        "version": version,
        "section": form.section,
        "seen": json.dumps({**seen, **kept}),
        "revision": revision,
        "problems": [error for errors in form.errors.values() for error in errors],
        "refused": refused,
        "apart": apart,
        "who": saved.before.name if saved and saved.before else "",
        "clashes": len(merged.clashes) + len(merged.gone),
        "meter": meter(version),
        "sum": course_sum(version) if form.section == Section.COURSES else None,
        "written": writing.written(version),
    }


def beside(form: SectionForm, saved: Saved) -> dict[str, str]:
    """The page's own values, but where only others changed something, theirs."""
    return {**form.data.dict(), **saved.merged.theirs}  # type: ignore[attr-defined]


def say_clashes(form: SectionForm, saved: Saved) -> None:
    """Beside each field that both changed: what the other one wrote."""
    who = saved.before.name if saved.before else _("Somebody")
    form.is_valid()
    for name, theirs in saved.merged.clashes.items():
        form.add_error(
            name,
            _(
                "{who} wrote here meanwhile: “{text}”. Your words are in the field. "
                "Save once more to put yours in their place."
            ).format(who=who, text=theirs or _("(nothing)")),
        )


def search_name(course: Any) -> str:  # noqa: ANN401 -- a course
    return f"{course.code} {said(course.title)}"
