"""Places that hang on conditions: held while staff and the applicant see to them."""

from datetime import date, datetime, timedelta

from django.db import transaction

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.models import Application, Condition
from mikrokraad.admissions.rules import State, Step
from mikrokraad.core.calendar import add_working_days, day_of, end_of
from mikrokraad.people.models import Person
from mikrokraad.seats import actions as seats

KEPT_WORKING_DAYS = 5  # a hold outlives the last day by this, and is renewed
MOST_KEPT = 500


def set_conditions(
    application: Application, *, by: Person | None, at: datetime
) -> bool:
    """After acceptance, wait for the conditions of the offer. False if it has none."""
    unmet = list(queries.unmet_conditions(application))
    if not unmet:
        return False
    assert application.bundle is not None  # accepting took it
    move(application, Step.SET_CONDITIONS, by=by, at=at, until=next_day(unmet))
    kept = _kept_until(max(each.due_on for each in unmet), at)
    seats.extend_hold(application.bundle, hold_until=kept, at=at)
    tell(application, "conditions", at=at, conditions=unmet)
    return True


def next_day(unmet: list[Condition]) -> datetime:
    """The first moment that is too late for the next of the conditions."""
    return end_of(min(each.due_on for each in unmet))


def _kept_until(day: date, at: datetime) -> datetime:
    return end_of(add_working_days(max(day, day_of(at)), KEPT_WORKING_DAYS))


def keep_conditional_places(*, at: datetime) -> int:
    """Hold the places of conditional offers on: only staff end them. How many."""
    soon = at + timedelta(days=KEPT_WORKING_DAYS)
    kept = 0
    for each in queries.conditional_holds_ending(soon, at=at)[:MOST_KEPT]:
        with transaction.atomic():
            application = locked(each)
            if application.state != State.CONDITIONS_PENDING or not application.bundle:
                continue
            until = _kept_until(day_of(soon), at)
            seats.extend_hold(application.bundle, hold_until=until, at=at)
            kept += 1
    return kept
