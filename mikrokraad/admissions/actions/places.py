"""Taking places: accepting an offer, waiting, and places that become free."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.pending import set_conditions
from mikrokraad.admissions.actions.steps import (
    hold_for_payment,
    locked,
    move,
    offer_end,
    tell,
)
from mikrokraad.admissions.models import (
    AcceptanceLetter,
    Application,
    Decision,
    Outcome,
)
from mikrokraad.admissions.rules import LADDER, OfferHasEnded, State, Step
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_of, end_of, in_working_hours, moment_text
from mikrokraad.fees.actions import agree, next_number
from mikrokraad.fees.rules import Payer, PayerKind
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seats
from mikrokraad.seats import queries as seat_queries
from mikrokraad.seats.events import SeatsFreed
from mikrokraad.seats.models import Bundle, WaitlistEntry
from mikrokraad.seats.rules import NO_APPLICATION, NoSeatLeft, Waiting
from mikrokraad.seats.waiting import next_turn, waitlist_entry, would_be_offered

MOST_OFFERS = 500
MOST_PER_YEAR = 5  # digits of a letter's number within a year


@transaction.atomic
def accept_offer(application: Application, *, by: Person, at: datetime) -> Application:
    """Turn an offer into a place: take the seats and agree on the fee.

    When every place is taken meanwhile, the applicant waits in order instead; where the
    offer has conditions, the place is held until they are met. Refuses
    with OfferHasEnded or StepNotAllowed, and then leaves everything as it was.
    """
    application = locked(application)
    if LADDER.flags[State(application.state)].holds_seat:
        return application
    LADDER.after(State(application.state), Step.ACCEPT)
    _require_open_offer(application, at)
    hold_until = hold_for_payment(at)
    try:
        bundle = seats.take_bundle(
            application.run, application.person, hold_until=hold_until, at=at
        )
        seats.extend_hold(bundle, hold_until=hold_until, at=at)
    except NoSeatLeft as full:
        _wait(application, full.message, by=by, at=at)
        return application
    application.bundle = bundle
    move(application, Step.ACCEPT, by=by, at=at)
    _leave_the_list(application, at)
    if set_conditions(application, by=by, at=at):
        return application
    move(application, Step.ADMIT, by=by, at=at)
    return agree_on_the_fee(application, by=by, at=at)


def _require_open_offer(application: Application, at: datetime) -> None:
    """An offer is open strictly before its end."""
    ends = application.move_by
    if ends is not None and at >= ends:
        raise OfferHasEnded(
            _(
                "Your offer ended on {moment}. Write to the programme's contact "
                "person if you still want to study."
            ).format(moment=moment_text(ends))
        )


def agree_on_the_fee(
    application: Application, *, by: Person, at: datetime
) -> Application:
    """Agree on the fee. If nothing is owed first, this enrols at once."""
    agreement = agree(
        application.run, application.person, payer=_payer(application), by=by, at=at
    )
    application.refresh_from_db()
    application.agreement = agreement
    invoice = agreement.invoices.order_by("-sequence").first()
    if invoice and application.state == State.ADMITTED:
        application.move_by = end_of(invoice.due_on)
    application.save(update_fields=["agreement", "move_by"])
    _write_letter(application, by=by, at=at)
    return application


def _write_letter(application: Application, *, by: Person, at: datetime) -> None:
    """Number a letter of acceptance, where the kind of programme gives one."""
    if not application.run.version.programme.kind.acceptance_letter:
        return
    series, sequence = next_number("acceptance letter", at)
    letter = AcceptanceLetter.objects.create(
        application=application,
        number=f"L{series.year}-{sequence:0{MOST_PER_YEAR}}",
        issued_on=day_of(at),
    )
    record("acceptance letter", letter, by=by, at=at)


def _payer(application: Application) -> Payer:
    facts = ("name", "registry_code", "email", "address", "purchase_order")
    given = {fact: application.payer.get(fact) or "" for fact in facts}
    return Payer(PayerKind(application.payer_kind or PayerKind.SELF), **given)


def _wait(
    application: Application, why: str, *, by: Person | None, at: datetime
) -> None:
    """Put somebody on the waiting list, in the order of this moment."""
    application.seat_from_waitlist = False
    move(application, Step.JOIN_WAITLIST, by=by, at=at)
    seats.join_waitlist(application.run, application.person, at=at)
    tell(application, "waiting", at=at, why=why)


def _leave_the_list(application: Application, at: datetime) -> None:
    entry = waitlist_entry(application.run, application.person)
    if entry:
        seats.mark_placed(entry, at=at)


def offer_at_once(application: Application, *, at: datetime) -> None:
    """First come, first served: hold a place for who meets every requirement (A1)."""
    until = offer_end(at, settings.OFFER_OPEN_DAYS)
    try:
        seats.require_place(application.run, application.person)
        application.bundle = _in_turn(application, until, at=at)
    except NoSeatLeft as full:
        _wait(application, full.message, by=None, at=at)
        return
    decision = Decision.objects.create(
        application=application,
        outcome=Outcome.OFFER,
        reasons=["requirements_met"],
        staged_at=at,
        released_at=at,
    )
    move(application, Step.ADMIT_AT_ONCE, by=None, at=at, until=until)
    tell(application, "offer", at=at, once=str(decision.pk), reasons=[], note="")


@transaction.atomic
def _in_turn(application: Application, until: datetime, *, at: datetime) -> Bundle:
    """Take places, but none that somebody on the waiting list would be offered.

    Looked at once the places are locked, so that nobody is overtaken between the moment
    a place is freed and the moment it is offered.
    """
    run = application.run
    bundle = seats.take_bundle(run, application.person, hold_until=until, at=at)
    if would_be_offered(run, besides=1, at=at):
        raise NoSeatLeft(_("The places that are free go to those who already wait."))
    return bundle


# Places that become free ------------------------------------------------------------


def offer_when_freed(event: SeatsFreed) -> None:
    """React to free places once they are truly free: after the commit.

    Should the process end before that, the clock offers them.
    """
    transaction.on_commit(
        partial(_offer_in, tuple(event.run_ids), event.at), robust=True
    )


def _offer_in(runs: tuple[UUID, ...], at: datetime) -> None:
    for run in Run.objects.filter(pk__in=runs, cancelled_at=None).order_by("pk"):
        while _offer_next(run, at=at):
            pass


def offer_freed_places(*, at: datetime) -> int:
    """Offer every free place to who waits for it, in order. How many were offered."""
    offered = 0
    for run in queries.runs_with_waiting():
        while offered < MOST_OFFERS and (dealt := _offer_next(run, at=at)):
            offered += dealt
    return offered


def _pass_over(entry: WaitlistEntry, at: datetime) -> None:
    """Somebody in the list whose application has moved on meanwhile."""
    entry.refresh_from_db()
    if entry.state == Waiting.WAITING:
        seats.mark_skipped(entry, reason=NO_APPLICATION, at=at)


@transaction.atomic
def _offer_next(run: Run, *, at: datetime) -> int:
    """Hold places for whose turn it is, one person or a group. How many were dealt with.

    Locks places before people, as every step that starts from a free place does.
    """
    list(seat_queries.units_needed(run).select_for_update(of=("self",)).order_by("pk"))
    if at.date() >= run.starts_on:
        return 0
    turn = next_turn(run, at=at)
    waiting = [_waiting_application(entry) for entry in turn.entries]
    gone = [
        entry
        for entry, application in zip(turn.entries, waiting, strict=True)
        if application is None
    ]
    for entry in gone:
        _pass_over(entry, at)
    if gone or not turn.entries:
        return len(gone)
    try:
        with transaction.atomic():
            for entry, application in zip(turn.entries, waiting, strict=True):
                assert application is not None  # they would be gone
                _offer_place(entry, application, at=at)
            seats.mark_passed_over(turn, at=at)
    except NoSeatLeft:
        return 0
    return len(turn.entries)


def _waiting_application(entry: WaitlistEntry) -> Application | None:
    """The application that waits with this entry, locked; None if none does any more."""
    application = queries.live_application(entry.run, entry.person)
    application = locked(application) if application else None
    if application is None or application.state != State.WAITLISTED:
        return None
    return application


def _offer_place(
    entry: WaitlistEntry, application: Application, *, at: datetime
) -> None:
    notice = in_working_hours(at)
    until = offer_end(notice, settings.WAITING_LIST_OFFER_DAYS)
    bundle = seats.take_bundle(entry.run, entry.person, hold_until=until, at=at)
    seats.mark_offered(entry, until=until, at=at)
    application.bundle, application.seat_from_waitlist = bundle, True
    move(application, Step.FREE_PLACE, by=None, at=at, until=until)
    tell(application, "place_free", at=at, due_at=notice)
