"""Conditions of an accepted place: staff say that one is met, or end it after its day."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.endings import end
from mikrokraad.admissions.actions.pending import next_day
from mikrokraad.admissions.actions.places import agree_on_the_fee
from mikrokraad.admissions.actions.steps import (
    hold_for_payment,
    locked,
    move,
    tell,
)
from mikrokraad.admissions.models import Application, Condition
from mikrokraad.admissions.rules import LADDER, NotOverYet, State, Step
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seats


@transaction.atomic
def meet_condition(condition: Condition, *, by: Person, at: datetime) -> Application:
    """Say that a condition is met; with the last one the place is admitted. Twice is once.

    Refuses with `StepNotAllowed` when the application has moved on.
    """
    application = locked(condition.decision.application)
    condition = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if condition.met_at is not None:
        return application
    LADDER.after(State(application.state), Step.ADMIT)
    condition.met_at, condition.met_by = at, by
    condition.save(update_fields=["met_at", "met_by"])
    record("application: condition met", application, by=by, at=at)
    unmet = list(queries.unmet_conditions(application))
    if unmet:
        application.move_by = next_day(unmet)
        application.save(update_fields=["move_by"])
        return application
    return _admit(application, by=by, at=at)


def _admit(application: Application, *, by: Person, at: datetime) -> Application:
    assert application.bundle is not None  # a conditional place is held (A1)
    until = hold_for_payment(at)
    seats.extend_hold(application.bundle, hold_until=until, at=at)
    move(application, Step.ADMIT, by=by, at=at)
    tell(application, "conditions_met", at=at, once="met")
    return agree_on_the_fee(application, by=application.person, at=at)


@transaction.atomic
def end_unmet(application: Application, *, by: Person, at: datetime) -> Application:
    """End a conditional place whose day has passed: people decide that, no clock does.

    Twice is once. Refuses with `NotOverYet` or `StepNotAllowed`.
    """
    application = locked(application)
    if application.state == State.LAPSED:
        return application
    if application.state == State.CONDITIONS_PENDING and not _is_over(application, at):
        raise NotOverYet(
            _("The day of the condition has not passed yet. It can be ended after it.")
        )
    unmet = list(queries.unmet_conditions(application))
    LADDER.after(State(application.state), Step.ADMIT)
    end(application, Step.LAPSE, "conditions not met", by=by, at=at)
    tell(application, "conditions_not_met", at=at, once="lapsed", conditions=unmet)
    return application


def _is_over(application: Application, at: datetime) -> bool:
    return application.move_by is not None and application.move_by <= at
