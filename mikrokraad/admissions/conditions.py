"""The conditions of a programme, and whether an application meets them, in words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mikrokraad.admissions import advising, dossier, eligibility, queries, wording
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import ProgrammeVersion, Requirement, Run
from mikrokraad.catalogue.queries import how_it_stands
from mikrokraad.catalogue.rules import Applying, Education, RequirementKind
from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.texts import said


def conditions_of(application: Application) -> list[dict[str, Any]]:
    """Each condition as its applicant sees it, for the conditions component."""
    version, verdict = dossier.version_of(application), _verdict(application)
    texts = _texts(version)
    shown = []
    for finding in verdict.get("findings", []):
        state = wording.MET[finding["met"]][0]
        if application.state == State.DRAFT and finding["reason"] in OPEN:
            state = "unknown"  # nothing is answered yet, so nothing is not met
        shown.append(
            {
                "text": texts.get(finding["key"], finding["key"]),
                "state": state,
                "note": wording.FINDINGS[finding["reason"]],
                "told": _told(finding, verdict, version)
                if state == "missing"
                else None,
            }
        )
    return shown


OPEN = {"not_answered", "file_missing"}


def _told(
    finding: dict[str, Any], verdict: dict[str, Any], version: ProgrammeVersion
) -> advising.Told | None:
    """Every “not met” names its rule, its source and what one could do."""
    if finding["met"] != eligibility.Met.NOT_MET:
        return None
    rules = verdict.get("rules", eligibility.RULES)
    return advising.told_of(finding, version, rules=rules)


def criteria_of(application: Application) -> list[dict[str, Any]]:
    """Each condition as staff see it: answer and evidence beside the verdict."""
    version, verdict = dossier.version_of(application), _verdict(application)
    texts = _texts(version)
    parts = {part.key: part for part in dossier.parts_of(application)}
    rows = []
    for finding in verdict.get("findings", []):
        key = finding["key"]
        part = parts.get(f"requirements:{key}") or parts["education"]
        _state, kind, label = wording.MET[finding["met"]]
        rows.append(
            {
                "text": texts.get(key, key),
                "lines": part.lines,
                "files": part.files,
                "verdict": label,
                "kind": kind,
                "reason": eligibility.REASONS[finding["reason"]],
                "told": _told(finding, verdict, version),
            }
        )
    return rows


def _verdict(application: Application) -> dict[str, Any]:
    """Frozen at submission (A3); before that, what the answers give now."""
    frozen: dict[str, Any] = application.verdict
    return frozen or queries.verdict_of(application)


def _texts(version: ProgrammeVersion) -> dict[str, str]:
    return {
        eligibility.EDUCATION_KEY: least_education(version),
        **{each.key: said(each.text) for each in version.requirements.all()},
    }


# Of an offer ----------------------------------------------------------------------


def promised(application: Application) -> list[dict[str, Any]]:
    """Each condition of the standing offer: its day, its files and whether it is met."""
    return [
        {
            "pk": each.pk,
            "text": said(each.text),
            "by": _("by {day}").format(day=day_text(each.due_on)),
            "due_on": each.due_on,
            "needs_file": each.needs_file,
            "files": dossier.files_of(application, each.key),
            "met": each.met_at is not None,
            "state": "met" if each.met_at else "unknown",
            "label": _("met") if each.met_at else _("open"),
            "kind": "good" if each.met_at else "wait",
        }
        for each in queries.conditions_of(application)
    ]


# Before applying ----------------------------------------------------------------


def conditions_before(run: Run) -> list[dict[str, str]]:
    """What the programme asks: nothing is known yet."""
    asked = run.version.requirements.order_by("position")
    return [
        {"text": least_education(run.version), "state": "unknown", "note": ""},
        *[
            {
                "text": said(each.text),
                "state": "unknown",
                "note": _("You add a file that shows it.") if asks_file(each) else "",
            }
            for each in asked
        ],
    ]


def least_education(version: ProgrammeVersion) -> str:
    level = Education(version.minimum_education).label
    return _("You have completed at least {level}.").format(level=level)


def asks_file(requirement: Requirement) -> bool:
    return requirement.needs_evidence or requirement.kind == RequirementKind.DOCUMENT


def papers(run: Run) -> list[str]:
    """Files that the application will ask for."""
    asked = [
        said(each.text)
        for each in run.version.requirements.order_by("position")
        if asks_file(each)
    ]
    if run.version.minimum_education == Education.HIGHER:
        asked.insert(0, _("Your diploma of higher education"))
    return asked


def why_closed(run: Run, *, at: datetime) -> str:
    """Why one cannot apply now; empty while one can."""
    stands = how_it_stands(run, at=at)
    if stands == Applying.OPEN:
        return ""
    if stands == Applying.NOT_YET:
        opens = day_text(day_of(run.opens_at))
        return _("You can apply from {day}.").format(day=opens)
    closed = day_text(run.deadline)
    return _("Applications were open until {day}.").format(day=closed)
