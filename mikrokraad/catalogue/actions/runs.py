"""Runs that people see: published with all checks, then changed where nobody relied on it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue import facts
from mikrokraad.catalogue.actions.refusals import (
    DatesDoNotFit,
    SomethingIsMissing,
    VersionCannotRun,
)
from mikrokraad.catalogue.completeness import missing_elements
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import VERSIONS, VersionState
from mikrokraad.core.texts import Text
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

PUBLISHED = "catalogue.run.published"


@transaction.atomic
def publish_run(run: Run, *, by: Person | None, at: datetime) -> Run:
    """Show a run to everybody. Safe twice.

    Refuses with `VersionCannotRun`, `SomethingIsMissing` or `DatesDoNotFit`.
    """
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("version__programme__kind", "intake", "contact")
        .get(pk=run.pk)
    )
    if run.published_at is not None:
        return run
    if not VERSIONS.flags[VersionState(run.version.state)].may_run:
        raise VersionCannotRun(
            _("Only an approved version can run. Have it approved first.")
        )
    missing = missing_elements(facts.version_facts(run.version, run))
    if missing:
        raise SomethingIsMissing(missing)
    _require_dates(run)
    run.published_at = at
    run.save(update_fields=["published_at"])
    record(PUBLISHED, run, by=by, at=at, **facts.terms(run))
    return run


@transaction.atomic
def edit_run(
    run: Run,
    *,
    place: Text,
    fee_includes: Text,
    contact: Person,
    own_deadline: date | None,
    by: Person | None,
    at: datetime,
) -> Run:
    """Change what nobody relied on (C4): where, what is included, whom to ask.

    A published run's deadline may only move later.
    """
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("intake")
        .get(pk=run.pk)
    )
    before, later = run.deadline, own_deadline or run.intake.default_deadline
    if run.published_at is not None and later < before:
        raise DatesDoNotFit(
            _(
                "People rely on the deadline that was published. "
                "It can be moved later, not earlier."
            )
        )
    run.place, run.fee_includes = place, fee_includes
    run.contact, run.own_deadline = contact, own_deadline
    run.save(update_fields=["place", "fee_includes", "contact", "own_deadline"])
    record(
        "catalogue.run.edited",
        run,
        by=by,
        at=at,
        deadline_before=before.isoformat(),
        deadline=later.isoformat(),
    )
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: Person, at: datetime) -> Run:
    """Take a run out of sight: it does not take place. Twice is once."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.cancelled_at is None:
        run.cancelled_at = at
        run.save(update_fields=["cancelled_at"])
        record("catalogue.run.cancelled", run, by=by, at=at)
    return run


def _require_dates(run: Run) -> None:
    if run.deadline >= run.ends_on:
        raise DatesDoNotFit(
            _(
                "The last day to apply comes after the end of studies. "
                "Set an earlier deadline."
            )
        )
