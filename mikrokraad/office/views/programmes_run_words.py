"""How the desk says what a run is, what it lacks, and what cannot change any more."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.catalogue.completeness import Missing
from mikrokraad.catalogue.desk import whose
from mikrokraad.catalogue.models import PlannedRun, ProgrammeVersion, Run
from mikrokraad.catalogue.queries import how_it_stands
from mikrokraad.catalogue.rules import (
    VERSIONS,
    Mode,
    VersionState,
    gross_cents,
)
from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.money import euros
from mikrokraad.core.texts import said
from mikrokraad.office.views.programmes_meter import IN_RUN, Lack
from mikrokraad.office.views.programmes_words import run_text
from mikrokraad.seats.queries import NO_PLACES, places_left

Context = dict[str, Any]


def may_run(version: ProgrammeVersion) -> bool:
    return VERSIONS.flags[VersionState(version.state)].may_run


def is_draft(version: ProgrammeVersion) -> bool:
    return VERSIONS.flags[VersionState(version.state)].editable


def lacks(plan: PlannedRun) -> list[Lack]:
    """What a planned run lacks before it can be published, with the very field."""
    page = reverse("office:programmes_plan", args=[plan.pk])
    return [_lack(page, one) for one in whose.missing_in(plan.version, plan)]


def _lack(page: str, missing: Missing) -> Lack:
    field = IN_RUN.get(missing.element)
    if field is None:
        return Lack(_("{what} (in the version)").format(what=missing))
    if field.endswith("_et") and missing.languages:
        field = field.removesuffix("et") + missing.languages[0]
    return Lack(str(missing), f"{page}#{field}")


def plan_line(plan: PlannedRun) -> Context:
    return {
        "plan": plan,
        "title": said(plan.intake.name),
        "href": reverse("office:programmes_plan", args=[plan.pk]),
        "missing": lacks(plan),
    }


def run_line(run: Run, *, at: datetime) -> Context:
    standing = how_it_stands(run, at=at)
    places = places_left([run], at=at).get(run.pk, NO_PLACES)
    return {
        "run": run,
        "title": said(run.intake.name),
        "href": reverse("office:programmes_run", args=[run.pk]),
        "again_href": reverse("office:programmes_roll_over", args=[run.pk]),
        "stands": run_text(run, standing),
        "places": places,
    }


def live(run: Run, *, at: datetime) -> Context:
    """What people rely on: said, but not to be changed."""
    places = places_left([run], at=at).get(run.pk, NO_PLACES)
    prices = [
        f"{said(line.text)}: {euros(gross_cents(line.net_cents, line.vat_percent))}"
        for line in run.price_lines.all()
    ]
    fixed = [
        (_("Version"), run.version.number),
        (_("Applications open"), day_text(day_of(run.opens_at))),
        (_("Last day to apply"), day_text(run.deadline)),
        (_("Studies"), f"{day_text(run.starts_on)} – {day_text(run.ends_on)}"),
        (_("Form of study"), Mode(run.mode).label),
        (_("Price"), "; ".join(prices)),
        (
            _("Places"),
            _("{left} of {size} left").format(left=places.left, size=places.size),
        ),
    ]
    return {
        "fixed": fixed,
        "stands": run_text(run, how_it_stands(run, at=at)),
        "again_href": reverse("office:programmes_roll_over", args=[run.pk]),
    }
