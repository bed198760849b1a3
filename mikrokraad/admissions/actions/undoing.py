"""Decisions that were a mistake: taken back by somebody else than who decided."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.endings import end
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.models import Application, Decision, Outcome
from mikrokraad.admissions.rules import (
    AnotherIsLive,
    ReasonsNeeded,
    RunIsDecided,
    State,
    Step,
)
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.people.models import Person


@transaction.atomic
def reverse(
    application: Application, *, reason: str, by: Person, at: datetime
) -> Application:
    """Read a rejected application again. The rejection stays in its history.

    Twice is once. Refuses with `ReasonsNeeded`, `NeedsAnotherPerson`, `AnotherIsLive`
    or `StepNotAllowed`.
    """
    application = locked(application)
    decision = queries.standing_decision(application)
    if decision is None and application.state == State.UNDER_REVIEW:
        return application
    why = _require_reason(reason)
    if application.run.cancelled_at is not None:
        raise RunIsDecided(
            _("This run is called off, so nobody reads for it any more.")
        )
    _require_somebody_else(decision, by)
    _require_no_other(application)
    move(application, Step.REVERSE, by=by, at=at, reason=why)
    if decision:
        _undo(decision, why, by, at)
    tell(
        application,
        "reversal",
        at=at,
        once=str(decision.pk) if decision else "",
        decision=decision,
        reason=why,
    )
    return application


@transaction.atomic
def withdraw_by_school(
    application: Application, *, reason: str, by: Person, at: datetime
) -> Application:
    """Take an offer back that nobody has accepted; a place held with it is freed.

    Twice is once. Refuses with `ReasonsNeeded`, `NeedsAnotherPerson` or
    `StepNotAllowed`.
    """
    application = locked(application)
    if application.state == State.WITHDRAWN_BY_SCHOOL:
        return application
    why = _require_reason(reason)
    decision = queries.standing_decision(application)
    _require_somebody_else(decision, by)
    end(application, Step.WITHDRAW_BY_SCHOOL, "withdrawn by the school", by=by, at=at)
    if decision and decision.outcome == Outcome.OFFER:
        _undo(decision, why, by, at)
    tell(application, "offer_withdrawn", at=at, once="withdrawn by school", reason=why)
    return application


def _require_reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonsNeeded(_("Say why. The applicant reads it in the letter."))
    return reason.strip()


def _require_somebody_else(decision: Decision | None, by: Person) -> None:
    if decision and decision.by_id == by.pk:
        raise NeedsAnotherPerson(
            _("You decided this yourself. Another person has to take it back.")
        )


def _require_no_other(application: Application) -> None:
    """Beginning to apply locks the person too, so no other begins meanwhile."""
    person = Person.objects.select_for_update().get(pk=application.person_id)
    other = queries.live_application(application.run, person)
    if other and other.pk != application.pk:
        raise AnotherIsLive(
            _(
                "{name} has applied for this run again meanwhile. "
                "Decide on that application instead."
            ).format(name=person.name)
        )


def _undo(decision: Decision, why: str, by: Person, at: datetime) -> None:
    decision.undone_at, decision.undone_by, decision.undone_because = at, by, why
    decision.save(update_fields=["undone_at", "undone_by", "undone_because"])
