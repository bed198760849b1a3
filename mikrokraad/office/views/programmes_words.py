"""How the desk says where programmes, versions and runs stand."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.completeness import Element, Missing
from mikrokraad.catalogue.desk.listing import Row
from mikrokraad.catalogue.models import (
    PlannedRun,
    ProgrammeVersion,
    Review,
    Run,
    WouldNotPublish,
)
from mikrokraad.catalogue.rules import VERSIONS, Applying, Section, VersionState
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said

Context = dict[str, Any]
TAGS = {
    VersionState.DRAFT: "wait",
    VersionState.IN_REVIEW: "info",
    VersionState.APPROVED: "good",
    VersionState.RETIRED: "plain",
}


def is_shown(version: ProgrammeVersion) -> bool:
    return VERSIONS.flags[VersionState(version.state)].shown


# The list ------------------------------------------------------------------------------


def figures(counts: dict[str, int], show: str) -> list[Context]:
    """The counts over the list, each of them a link to what it counts."""
    page = reverse("office:programmes")
    labels = {
        "": _("all programmes"),
        "drafts": _("being written"),
        "review": _("in review"),
        "open": _("open for applications"),
        "differs": _("differ from the register"),
        "wrong": _("would not publish today"),
    }
    return [
        {
            "figure": counts[name],
            "label": label,
            "href": f"{page}?show={name}" if name else page,
            "note": _("shown below") if name == show else "",
        }
        for name, label in labels.items()
    ]


def row(one: Row) -> Context:
    """A line of the list: what it is, and in one sentence how it stands."""
    version = one.version
    editing = version.state == VersionState.DRAFT
    section = "programmes_section" if editing else "programmes_version"
    args = [version.pk, Section.BASICS.value] if editing else [version.pk]
    return {
        "title": said(version.title) or one.programme.slug,
        "note": f"{said(one.programme.kind.name)} · {said(one.programme.unit.name)}",
        "href": reverse("office:programmes_version", args=[version.pk]),
        "number": version.number,
        "state": VersionState(version.state).label,
        "kind": TAGS[VersionState(version.state)],
        "stands": _stands(one),
        "next_href": reverse(f"office:{section}", args=args),
        "run": run_text(one.run, one.standing),
        "plan": one.plan,
        "differs": one.differs,
        "wrong": one.wrong,
        "comments": one.comments,
        "version": version,
    }


def _stands(one: Row) -> str:
    if one.version.state == VersionState.DRAFT:
        return lacks_text(one.missing)
    if one.review is not None:
        return review_text(one.review)
    return ""


def lacks_text(missing: list[Missing]) -> str:
    if not missing:
        return _("nothing is missing")
    n = len(missing)
    return ngettext("{n} thing is missing", "{n} things are missing", n).format(n=n)


def review_text(review: Review) -> str:
    day = day_text(day_of(review.asked_at), year=False)
    if review.reviewer is None:
        return _("waits since {day} for somebody to read it").format(day=day)
    return _("with {name} since {day}").format(name=review.reviewer.name, day=day)


def run_text(run: Run | None, standing: Applying | None) -> str:
    """“open until 21 January”."""
    if run is None:
        return _("no run yet")
    told = {
        Applying.OPEN: _("open {until}").format(until=until_text(run.deadline)),
        Applying.NOT_YET: _("opens on {day}").format(
            day=day_text(day_of(run.opens_at), year=False)
        ),
        Applying.OVER: _("applications ended on {day}").format(
            day=day_text(run.deadline)
        ),
    }
    return told.get(standing or Applying.NOT_OFFERED, _("cancelled"))


# One version ---------------------------------------------------------------------------


def state(version: ProgrammeVersion, review: Review | None) -> Context:
    label = VersionState(version.state).label
    kind = TAGS[VersionState(version.state)]
    note = review_text(review) if review else ""
    if version.approved_at:
        day = day_text(day_of(version.approved_at))
        note = _("since {day}").format(day=day)
    return {"label": label, "kind": kind, "note": note}


def steps(version: ProgrammeVersion) -> list[Context]:
    """Draft, review, approved, running: how far it has come."""
    names = [_("Draft"), _("Review"), _("Approved")]
    order = [VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED]
    state = VersionState(version.state)
    now = order.index(state) if state in order else len(order)
    return [
        {
            "label": name,
            "state": "done" if n < now or now >= 2 else "now" if n == now else "later",  # noqa: PLR2004 -- the last
        }
        for n, name in enumerate(names)
    ]


def version_line(version: ProgrammeVersion, every: list[ProgrammeVersion]) -> Context:
    before = one_before(version, every)
    since = before.number if before else ""
    changes = reverse("office:programmes_changes", args=[version.pk])
    return {
        "version": version,
        "state": state(version, None),
        "href": reverse("office:programmes_version", args=[version.pk]),
        "changes": f"{changes}?since={since}" if since else "",
        "before": since,
    }


def one_before(
    version: ProgrammeVersion, others: list[ProgrammeVersion]
) -> ProgrammeVersion | None:
    """The version this one came after; for the first one, whichever there is."""
    own = (version.major, version.minor)
    older = [one for one in others if (one.major, one.minor) < own]
    newest = max(older, key=lambda one: (one.major, one.minor), default=None)
    rest = [one for one in others if one.pk != version.pk]
    return newest or (
        rest[0] if rest and not older and len(rest) == len(others) else None
    )


# Runs and the report -------------------------------------------------------------------


def plan_lacks(missing: list[Missing]) -> list[Missing]:
    """What a planned run lacks by itself; the version was checked when approved."""
    return missing


def wrong(one: WouldNotPublish) -> Context:
    """A line of the nightly report: what lacks which element, since when."""
    lacks = Missing(Element(one.element), tuple(one.languages.split()))
    run = said(one.run.intake.name) if one.run else ""
    page = reverse("office:programmes_version", args=[one.version_id])
    if one.run is not None:
        page = reverse("office:programmes_run", args=[one.run_id])
    return {
        "title": said(one.version.title),
        "number": one.version.number,
        "run": run,
        "lacks": str(lacks),
        "since": day_of(one.since),
        "href": page,
    }


def plan_title(plan: PlannedRun) -> str:
    return f"{said(plan.version.title)}, {said(plan.intake.name)}"
