"""Reading and deciding: nothing is told before it is released (A2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.models import (
    Application,
    Condition,
    Decision,
    Message,
    Outcome,
)
from mikrokraad.admissions.rules import (
    OFFER_REASONS,
    REJECTION_REASONS,
    Asks,
    DayHasPassed,
    ReasonsNeeded,
    State,
    Step,
)
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_of
from mikrokraad.people.models import Person

_STAGE = {
    Outcome.OFFER: (Step.STAGE_OFFER, OFFER_REASONS),
    Outcome.REJECTION: (Step.STAGE_REJECTION, REJECTION_REASONS),
}


@dataclass(frozen=True)
class Released:
    """How many decisions went out."""

    offers: int
    rejections: int


@transaction.atomic
def open_review(application: Application, *, by: Person, at: datetime) -> Application:
    """Begin to read. Twice is once."""
    application = locked(application)
    if application.state != State.UNDER_REVIEW:
        move(application, Step.REVIEW, by=by, at=at)
    return application


@transaction.atomic
def ask(application: Application, text: str, *, by: Person, at: datetime) -> Message:
    """Ask the applicant something; it is their move then."""
    application = locked(application)
    move(application, Step.ASK, by=by, at=at)
    message = Message.objects.create(application=application, by=by, text=text, at=at)
    tell(application, "question", at=at, once=str(message.pk), text=text)
    return message


@transaction.atomic
def answer(application: Application, text: str, *, by: Person, at: datetime) -> Message:
    application = locked(application)
    move(application, Step.ANSWER, by=by, at=at)
    return Message.objects.create(application=application, by=by, text=text, at=at)


@transaction.atomic
def stage_offer(
    application: Application,
    *,
    reasons: Sequence[str],
    note: str = "",
    conditions: Sequence[Asks] = (),
    by: Person,
    at: datetime,
) -> Decision:
    """Prepare an offer; `reasons` are keys of rules.OFFER_REASONS.

    With `conditions` the place is held after acceptance, and sure once all are met.
    Refuses with `ReasonsNeeded`, `DayHasPassed` or `StepNotAllowed`.
    """
    if any(each.due_on < day_of(at) for each in conditions):
        raise DayHasPassed(
            _("The day of a condition has passed already. Choose a later one.")
        )
    decision = _stage(application, Outcome.OFFER, reasons, note, by, at)
    Condition.objects.bulk_create(
        Condition(
            decision=decision,
            position=n,
            text=each.text,
            needs_file=each.needs_file,
            due_on=each.due_on,
        )
        for n, each in enumerate(conditions, start=1)
    )
    return decision


def stage_rejection(
    application: Application,
    *,
    reasons: Sequence[str],
    note: str = "",
    by: Person,
    at: datetime,
) -> Decision:
    """Prepare a rejection; `reasons` are keys of rules.REJECTION_REASONS."""
    return _stage(application, Outcome.REJECTION, reasons, note, by, at)


@transaction.atomic
def _stage(
    application: Application,
    outcome: Outcome,
    reasons: Sequence[str],
    note: str,
    by: Person,
    at: datetime,
) -> Decision:
    step, known = _STAGE[outcome]
    if not reasons or not set(reasons) <= {key for key, _words in known}:
        raise ReasonsNeeded(_("Choose at least one of the reasons, and stage it then."))
    application = locked(application)
    move(application, step, by=by, at=at, reasons=list(reasons))
    return Decision.objects.create(
        application=application,
        outcome=outcome,
        reasons=list(reasons),
        note=note,
        by=by,
        staged_at=at,
    )


@transaction.atomic
def unstage(application: Application, *, by: Person, at: datetime) -> Application:
    """Take a prepared decision back; the applicant never learns of it."""
    application = locked(application)
    move(application, Step.UNSTAGE, by=by, at=at)
    application.decisions.filter(released_at=None, dropped_at=None).update(
        dropped_at=at
    )
    return application


@transaction.atomic
def release(run: Run, *, by: Person, at: datetime) -> Released:
    """Let every prepared decision of a run out at once, each exactly once.

    All or nothing; again, it releases what was prepared since.
    """
    sent = dict.fromkeys(Outcome, 0)
    for waiting in queries.staged_decisions([run]):
        application = locked(waiting.application)
        decision = application.decisions.filter(
            pk=waiting.pk, released_at=None, dropped_at=None
        ).first()
        if decision is None:
            continue
        decision.released_at = at
        decision.save(update_fields=["released_at"])
        outcome = Outcome(decision.outcome)
        _tell(application, decision, by, at)
        sent[outcome] += 1
    return Released(sent[Outcome.OFFER], sent[Outcome.REJECTION])


def _tell(
    application: Application, decision: Decision, by: Person, at: datetime
) -> None:
    offered = decision.outcome == Outcome.OFFER
    step = Step.RELEASE_OFFER if offered else Step.RELEASE_REJECTION
    move(application, step, by=by, at=at)
    known = dict(OFFER_REASONS if offered else REJECTION_REASONS)
    tell(
        application,
        "offer" if offered else "rejection",
        at=at,
        once=str(decision.pk),
        reasons=[known[key] for key in decision.reasons],
        note=decision.note,
        conditions=list(decision.conditions.order_by("position")),
    )
