"""One step on the ladder: lock, move, say whose turn it is, write it down."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import LADDER, MoveBy, State, Step
from mikrokraad.core.calendar import add_working_days, day_of, end_of, start_of
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.models import Invoice
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

ANSWER_WORKING_DAYS = 5
BANK_WORKING_DAYS = 3  # a transfer made on the last day needs time to arrive


def locked(application: Application) -> Application:
    """The application as it is now, locked until the transaction ends.

    Its invoices are locked first: a payment does so too, and then enrols.
    """
    row = Application.objects.filter(pk=application.pk)
    theirs = Q(agreement__in=row.values("agreement")) | Q(
        agreement__in=row.values("fee_agreement")
    )
    list(Invoice.objects.select_for_update().filter(theirs).order_by("pk"))
    return locked_alone(application)


def locked_alone(application: Application) -> Application:
    """The same where there are no invoices: of a draft."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "run__intake", "run__version")
        .get(pk=application.pk)
    )


def move(
    application: Application,
    step: Step,
    *,
    by: Person | None,
    at: datetime,
    until: datetime | None = None,
    **facts: object,
) -> None:
    """Take one step, save the whole row, and write it in the register.

    `until` says when the next move is due, if it is not the usual day.
    """
    before = State(application.state)
    after = LADDER.after(before, step)
    application.state = after
    application.move_by = until or due(application, before, after, at)
    application.changed_at = at
    application.save()
    record(
        f"application: {step.value}",
        application,
        by=by,
        at=at,
        start=before.value,
        end=after.value,
        **facts,
    )


def due(
    application: Application, before: State, after: State, at: datetime
) -> datetime | None:
    """By when the move of the new state is due: the first moment that is too late.

    Waiting for the same day as before keeps that day.
    """
    kind, kept = LADDER.flags[after].by, application.move_by
    if kept and kind == LADDER.flags[before].by:
        return kept
    day = day_of(at)
    decision = add_working_days(day, settings.DECISION_WORKING_DAYS)
    return {
        MoveBy.RUN_DEADLINE: end_of(application.run.deadline),
        MoveBy.DECISION_DAY: end_of(decision),
        MoveBy.ANSWER_DAY: end_of(add_working_days(day, ANSWER_WORKING_DAYS)),
        MoveBy.OFFER_END: offer_end(at, settings.OFFER_OPEN_DAYS),
        MoveBy.WAITLIST_END: start_of(application.run.starts_on),
        MoveBy.PAYMENT_DUE: end_of(day + timedelta(days=settings.INVOICE_DUE_DAYS)),
        MoveBy.CONDITION_DAY: start_of(application.run.starts_on),
        MoveBy.NONE: None,
    }[kind]


def offer_end(notice: datetime, days: int) -> datetime:
    """The end of an offer's last day; the day of notice is the first."""
    return end_of(day_of(notice) + timedelta(days=days - 1))


def hold_for_payment(at: datetime) -> datetime:
    """Until when a place is held for somebody who has an invoice to pay."""
    due_on = day_of(at) + timedelta(days=settings.INVOICE_DUE_DAYS)
    return end_of(add_working_days(due_on, BANK_WORKING_DAYS))


def last_day(application: Application) -> date | None:
    """The last day on which the next move is in time."""
    by = application.move_by
    return day_of(by - timedelta(microseconds=1)) if by else None


def tell(
    application: Application,
    letter: str,
    *,
    at: datetime,
    once: str = "",
    due_at: datetime | None = None,
    **facts: object,
) -> OutboxMessage:
    """Write a letter of this room to the applicant.

    `once` tells letters of one kind about one application apart.
    """
    return write_letter(
        f"admissions/letters/{letter}.md",
        application.person,
        about=application,
        key=f"{letter}:{application.pk}:{once or at.isoformat()}",
        at=at,
        due_at=due_at,
        application=application,
        run=application.run,
        last_day=last_day(application),
        **facts,
    )
