"""Preparing a run: rolled over from another without inventing dates, then published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mikrokraad.catalogue import facts
from mikrokraad.catalogue.actions.refusals import (
    DatesDoNotFit,
    PlanIsGone,
    RunIsPlanned,
    SomethingIsMissing,
    VersionCannotRun,
)
from mikrokraad.catalogue.actions.runs import publish_run
from mikrokraad.catalogue.completeness import missing_elements
from mikrokraad.catalogue.events import RunPublished
from mikrokraad.catalogue.models import (
    CourseSection,
    Intake,
    PlannedRun,
    PriceLine,
    ProgrammeVersion,
    Run,
    RunSection,
)
from mikrokraad.catalogue.rules import VERSIONS, VersionState
from mikrokraad.core.calendar import start_of
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

CARRIED = (
    "languages",
    "mode",
    "place",
    "min_group",
    "admission_mode",
    "payment_rule",
    "fee_includes",
    "contact",
)
COPIED = ("version", "intake", *CARRIED, "own_deadline", "starts_on", "ends_on")
EDITABLE = frozenset(
    {*CARRIED, "own_deadline", "starts_on", "ends_on"}
    | {"opens_on", "decide_by", "places", "prices"}
)


@transaction.atomic
def plan_run(
    version: ProgrammeVersion,
    intake: Intake,
    *,
    like: Run | None = None,
    places: int | None = None,
    by: Person,
    at: datetime,
) -> PlannedRun:
    """Begin a run; rolled over from `like`, with its price and place, without dates.

    Refuses with `VersionCannotRun` or `RunIsPlanned`.
    """
    version = ProgrammeVersion.objects.select_for_update().get(pk=version.pk)
    _require_may_run(version)
    _require_no_other(version, intake)
    carried: dict[str, Any] = {"contact": by}
    if like is not None:
        carried = {name: getattr(like, name) for name in CARRIED}
        carried["prices"] = [_price(line) for line in _lines(like)]
    plan = PlannedRun.objects.create(
        version=version,
        intake=intake,
        like=like,
        places=places,
        created_at=at,
        **carried,
    )
    of = str(like.pk) if like else ""
    record("catalogue.run.planned", plan, by=by, at=at, like=of)
    return plan


@transaction.atomic
def edit_plan(
    plan: PlannedRun, values: Mapping[str, Any], *, by: Person, at: datetime
) -> PlannedRun:
    """Change anything of a plan. Refuses with `PlanIsGone` or `DatesDoNotFit`."""
    plan = _locked(plan)
    changed = [
        name
        for name, value in values.items()
        if name in EDITABLE and getattr(plan, name) != value
    ]
    for name in changed:
        setattr(plan, name, values[name])
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise DatesDoNotFit(
            _("Studies end before they start. Look at the two dates again.")
        )
    if changed:
        plan.save(update_fields=changed)
        record("catalogue.plan.edited", plan, by=by, at=at, changed=sorted(changed))
    return plan


@transaction.atomic
def drop_plan(plan: PlannedRun, *, by: Person, at: datetime) -> None:
    """Let go of a run that was never published. Refuses with `PlanIsGone`."""
    plan = _locked(plan)
    record("catalogue.plan.dropped", plan, by=by, at=at)
    plan.delete()


@transaction.atomic
def publish_plan(plan: PlannedRun, *, by: Person, at: datetime) -> Run:
    """Make a run of it that everybody sees, with its prices, teachings and places.

    The run keeps the plan's id: published a second time, it is the same run.
    An empty opening day means: from now on. Refuses with `PlanIsGone`,
    `VersionCannotRun`, `SomethingIsMissing`, `DatesDoNotFit` or `RunIsPlanned`.
    """
    try:
        plan = _locked(plan)
    except PlanIsGone:
        if published := Run.objects.filter(pk=plan.pk).first():
            return published
        raise
    _require_may_run(plan.version)
    missing = missing_elements(facts.version_facts(plan.version, plan))
    if missing:
        raise SomethingIsMissing(missing)
    _require_no_other(plan.version, plan.intake, besides=plan)
    run = Run.objects.create(
        id=plan.pk,
        **{name: getattr(plan, name) for name in COPIED},
        opens_at=start_of(plan.opens_on) if plan.opens_on else at,
        decide_by=plan.decide_by,
    )
    PriceLine.objects.bulk_create(
        PriceLine(run=run, position=n, **line)
        for n, line in enumerate(plan.prices, start=1)
    )
    _join_teachings(run)
    run = publish_run(run, by=by, at=at)
    publish(RunPublished(run.pk, plan.places or 0, at))
    plan.delete()
    return run


def _join_teachings(run: Run) -> None:
    """The teaching of each course in the run's semester, where there is one already."""
    parts = {part.course_id: part for part in run.version.components.all()}
    known = CourseSection.objects.filter(
        course__in=parts, term=run.intake.term_id
    ).order_by("-code")
    first = {section.course_id: section for section in known}
    RunSection.objects.bulk_create(
        RunSection(run=run, section=section, required=parts[course_id].group_id is None)
        for course_id, section in first.items()
    )


def _locked(plan: PlannedRun) -> PlannedRun:
    found = (
        PlannedRun.objects.select_for_update(of=("self",))
        .select_related("version__programme__kind", "intake", "contact")
        .filter(pk=plan.pk)
        .first()
    )
    if found is None:
        raise PlanIsGone(
            _("This planned run was just published or dropped. Look again.")
        )
    return found


def _require_may_run(version: ProgrammeVersion) -> None:
    if not VERSIONS.flags[VersionState(version.state)].may_run:
        raise VersionCannotRun(
            _("Only an approved version can run. Have it approved first.")
        )


def _require_no_other(
    version: ProgrammeVersion, intake: Intake, *, besides: PlannedRun | None = None
) -> None:
    """A programme runs once in a semester, whatever its version."""
    of_programme = Q(version__programme=version.programme_id)
    planned = PlannedRun.objects.filter(of_programme, intake=intake)
    if besides is not None:
        planned = planned.exclude(pk=besides.pk)
    held = Q(cancelled_at=None) | Q(version=version)
    runs = Run.objects.filter(of_programme & held, intake=intake)
    if planned.exists() or runs.exists():
        raise RunIsPlanned(
            _(
                "This programme has a run in that semester already. "
                "Open that one, or choose another semester."
            )
        )


def _lines(run: Run) -> list[PriceLine]:
    return list(run.price_lines.order_by("position"))


def _price(line: PriceLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "text": line.text,
        "net_cents": line.net_cents,
        "vat_percent": f"{line.vat_percent:.2f}",
        "vat_reason": line.vat_reason,
    }
