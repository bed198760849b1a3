"""Reading and deciding: nothing is told before it is released (A2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.helping import Help, help_after
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
    WAITING_REASONS,
    Asks,
    DayHasPassed,
    DecidedAfterTheDeadline,
    ReasonsNeeded,
    State,
    Step,
)
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core.calendar import (
    add_working_days,
    day_of,
    day_text,
    end_of,
    working_days_between,
)
from mikrokraad.people.models import Person
from mikrokraad.seats import actions as seats

_STAGE = {
    Outcome.OFFER: (Step.STAGE_OFFER, OFFER_REASONS),
    Outcome.REJECTION: (Step.STAGE_REJECTION, REJECTION_REASONS),
    Outcome.WAITING: (Step.STAGE_WAITING, WAITING_REASONS),
}
_RELEASE = {
    Outcome.OFFER: (Step.RELEASE_OFFER, "offer"),
    Outcome.REJECTION: (Step.RELEASE_REJECTION, "rejection"),
    Outcome.WAITING: (Step.RELEASE_WAITING, "waiting"),
}
_AFTER_THE_DEADLINE = (AdmissionMode.RANKED, AdmissionMode.LOTTERY)


@dataclass(frozen=True)
class Released:
    """How many decisions went out."""

    offers: int
    rejections: int
    waiting: int = 0


@transaction.atomic
def open_review(application: Application, *, by: Person, at: datetime) -> Application:
    """Begin to read. Twice is once."""
    application = locked(application)
    if application.state != State.UNDER_REVIEW:
        move(application, Step.REVIEW, by=by, at=at)
    return application


@transaction.atomic
def ask(application: Application, text: str, *, by: Person, at: datetime) -> Message:
    """Ask the applicant something; it is their move then, and our clock stands still."""
    application = locked(application)
    application.decision_due = application.move_by
    move(application, Step.ASK, by=by, at=at)
    message = Message.objects.create(application=application, by=by, text=text, at=at)
    tell(application, "question", at=at, once=str(message.pk), text=text)
    return message


@transaction.atomic
def answer(application: Application, text: str, *, by: Person, at: datetime) -> Message:
    """The applicant answers. The day to decide moves by the working days waited."""
    application = locked(application)
    until = _decision_day_after_waiting(application, at)
    move(application, Step.ANSWER, by=by, at=at, until=until)
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


def _decision_day_after_waiting(
    application: Application, at: datetime
) -> datetime | None:
    """Asking was the last move, so it is known since when the clock stands still."""
    due, asked = application.decision_due, application.changed_at
    if due is None:
        return None
    waited = working_days_between(day_of(asked), day_of(at))
    last = day_of(due - timedelta(microseconds=1))
    return end_of(add_working_days(last, waited))


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


def stage_waiting(
    application: Application,
    *,
    reasons: Sequence[str],
    rank: int,
    by: Person,
    at: datetime,
) -> Decision:
    """Prepare a place in the waiting list, in the order of `rank`."""
    return _stage(application, Outcome.WAITING, reasons, "", by, at, rank=rank)


def require_decidable(run: Run, *, at: datetime) -> None:
    """Where applications are compared, nobody is decided on before the deadline."""
    ends = end_of(run.deadline)
    if run.admission_mode in _AFTER_THE_DEADLINE and at < ends:
        raise DecidedAfterTheDeadline(
            _(
                "This run decides on everybody together, after {day}. "
                "Read and score until then."
            ).format(day=day_text(run.deadline))
        )


@transaction.atomic
def _stage(
    application: Application,
    outcome: Outcome,
    reasons: Sequence[str],
    note: str,
    by: Person,
    at: datetime,
    *,
    rank: int | None = None,
) -> Decision:
    step, known = _STAGE[outcome]
    if not reasons or not set(reasons) <= {key for key, _words in known}:
        raise ReasonsNeeded(_("Choose at least one of the reasons, and stage it then."))
    application = locked(application)
    require_decidable(application.run, at=at)
    move(application, step, by=by, at=at, reasons=list(reasons))
    return Decision.objects.create(
        application=application,
        outcome=outcome,
        reasons=list(reasons),
        note=note,
        rank=rank,
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
    return release_these(queries.staged_decisions([run]), by=by, at=at)


def release_these(
    decisions: Iterable[Decision], *, by: Person, at: datetime
) -> Released:
    """Let these decisions out, in a transaction of the caller's."""
    sent: dict[Outcome, list[Decision]] = {outcome: [] for outcome in Outcome}
    for waiting in decisions:
        application = locked(waiting.application)
        decision = application.decisions.filter(
            pk=waiting.pk, released_at=None, dropped_at=None
        ).first()
        if decision is None:
            continue
        decision.released_at = at
        decision.save(update_fields=["released_at"])
        decision.application = application
        sent[Outcome(decision.outcome)].append(decision)
        move(application, _RELEASE[Outcome(decision.outcome)][0], by=by, at=at)
    _line_up(sent[Outcome.WAITING], at)
    for each in (one for several in sent.values() for one in several):
        _tell(each, at)
    return Released(*(len(sent[outcome]) for outcome in Outcome))


def _line_up(decisions: list[Decision], at: datetime) -> None:
    """Into the waiting list in the order of their rank."""
    for each in sorted(decisions, key=lambda one: one.rank or 0):
        seats.join_waitlist(each.application.run, each.application.person, at=at)


def _help(decision: Decision) -> list[Help]:
    """Addresses in it are in the language of the letter."""
    with translation.override(decision.application.person.language):
        return help_after(decision, decision.application.run)


def _tell(decision: Decision, at: datetime) -> None:
    known = dict([*OFFER_REASONS, *REJECTION_REASONS, *WAITING_REASONS])
    reasons = [known[key] for key in decision.reasons]
    tell(
        decision.application,
        _RELEASE[Outcome(decision.outcome)][1],
        at=at,
        once=str(decision.pk),
        reasons=reasons,
        why=reasons[0],
        note=decision.note,
        help=_help(decision),
        conditions=list(decision.conditions.order_by("position")),
    )
