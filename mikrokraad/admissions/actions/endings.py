"""Ends: turning an offer down, withdrawing, and time running out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.models import Application, Withdrawal
from mikrokraad.admissions.rules import State, Step
from mikrokraad.fees.actions import cancel_agreement, cancel_if_unpaid
from mikrokraad.people.models import Person
from mikrokraad.seats import actions as seats
from mikrokraad.seats import queries as seat_queries
from mikrokraad.seats.events import HoldExpired
from mikrokraad.seats.models import Bundle

MOST_LAPSED = 500


@transaction.atomic
def decline_offer(application: Application, *, by: Person, at: datetime) -> Application:
    """Turn an offer down; a place that was held goes to the next in the list."""
    application = locked(application)
    end(application, Step.DECLINE, "declined", by=by, at=at)
    return application


@transaction.atomic
def withdraw(
    application: Application,
    reason: str = "",
    words: str = "",
    *,
    by: Person,
    at: datetime,
) -> Application:
    """Take an application back: places, list and agreement are given up. Twice is once.

    `reason` is a `rules.Leaving`, which the programme learns from.
    """
    application = locked(application)
    if application.state != State.WITHDRAWN:
        end(application, Step.WITHDRAW, "withdrawn", by=by, at=at)
        if reason:
            Withdrawal.objects.create(
                application=application, reason=reason, words=words.strip()
            )
        if application.submitted_at:
            tell(application, "withdrawn", at=at, once="withdrawn")
    return application


def end(
    application: Application,
    step: Step,
    reason: str,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Give up whatever an application holds, and end it."""
    bundle, agreement = application.bundle, application.agreement
    application.decisions.filter(released_at=None, dropped_at=None).update(
        dropped_at=at
    )
    application.bundle = None
    move(application, step, by=by, at=at)
    seats.leave_waitlist(application.run, application.person, at=at)
    if bundle:
        seats.release_bundle(bundle, reason=reason, at=at)
    if agreement:
        cancel_agreement(agreement, reason=reason, by=by, at=at)
    if application.fee_agreement:
        fee = application.fee_agreement  # paid, it stays: reading was paid for
        cancel_if_unpaid(fee, reason=reason, by=by, at=at)


def lapse_offers(*, at: datetime) -> int:
    """End offers that nobody accepted in time. How many there were."""
    return _lapse(queries.offers_past_deadline(at=at)[:MOST_LAPSED], "offer_lapsed", at)


def lapse_waiting(*, at: datetime) -> int:
    """Tell those who still wait when the studies begin. How many there were."""
    return _lapse(queries.waiting_past_start(at=at)[:MOST_LAPSED], "waiting_ended", at)


def _lapse(due: Iterable[Application], letter: str, at: datetime) -> int:
    """Each in a transaction of its own, and only if it is still so."""
    done = 0
    for each in due:
        with transaction.atomic():
            application = locked(each)
            over = application.move_by is not None and application.move_by <= at
            if application.state != each.state or not over:
                continue
            end(application, Step.LAPSE, "lapsed", by=None, at=at)
            tell(application, letter, at=at, once="lapsed")
            done += 1
    return done


@transaction.atomic
def lapse_unpaid(event: HoldExpired) -> None:
    """The time to pay, or to accept, has run out: end it and free the places.

    Told before the places are released, so that people are locked before places.
    """
    bundle = Bundle.objects.get(pk=event.bundle_id)
    holder = queries.holder_of(bundle)
    if holder is None:
        return
    application = locked(holder)
    if application.bundle_id != bundle.pk or not seat_queries.is_over(
        bundle, at=event.at
    ):
        return
    letter = "offer_lapsed" if application.state == State.OFFERED else "not_paid"
    end(application, Step.LAPSE, "hold expired", by=None, at=event.at)
    tell(application, letter, at=event.at, once="lapsed")
