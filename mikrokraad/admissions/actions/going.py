"""Does a run take place? Calling it off takes two people, and is done once for everybody.

Each applicant is dealt with in transactions of their own, in an order that can be taken
up again: should the process end in between, the clock goes on.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import groups, queries
from mikrokraad.admissions.actions.carrying import answers_of, copy_files
from mikrokraad.admissions.actions.endings import end
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.eligibility import Met
from mikrokraad.admissions.events import PlaceCalledOff
from mikrokraad.admissions.models import (
    Application,
    Decision,
    GroupDecision,
    GroupOutcome,
    Outcome,
)
from mikrokraad.admissions.rules import (
    LADDER,
    ReasonsNeeded,
    RunIsDecided,
    State,
    Step,
)
from mikrokraad.catalogue.actions import cancel_run
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import add_working_days, day_of, end_of
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.core.events import publish
from mikrokraad.fees import queries as fee_queries
from mikrokraad.fees.actions import cancel_agreement
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seats
from mikrokraad.seats.rules import NoSeatLeft

HELD_WORKING_DAYS = 5
WHY = "run called off"


@transaction.atomic
def decide_go(run: Run, *, by: Person, at: datetime) -> GroupDecision:
    """Write down that the run takes place. Refuses with `RunIsDecided`."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    _require_running(run)
    made, _new = GroupDecision.objects.update_or_create(
        run=run,
        defaults={"outcome": GroupOutcome.GO, "reason": "", "by": by, "at": at},
    )
    made.alternatives.clear()
    record("admissions.group.go", run, by=by, at=at)
    return made


@transaction.atomic
def ask_to_call_off(
    run: Run,
    *,
    reason: str,
    alternatives: Iterable[Run] = (),
    by: Person,
    at: datetime,
) -> GroupDecision:
    """Ask that a run be called off; nothing happens before somebody else agrees.

    Refuses with `ReasonsNeeded` or `RunIsDecided`.
    """
    if not reason.strip():
        raise ReasonsNeeded(_("Say why. The applicants read it in the letter."))
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    _require_running(run)
    made, _new = GroupDecision.objects.update_or_create(
        run=run,
        defaults={
            "outcome": GroupOutcome.CALL_OFF,
            "reason": reason.strip(),
            "by": by,
            "at": at,
        },
    )
    made.alternatives.set(alternatives)
    record("admissions.group.call_off_asked", run, by=by, at=at, reason=made.reason)
    return made


def call_off(run: Run, *, by: Person, at: datetime) -> int:
    """Call a run off, and deal with everybody who is in it. How many were told.

    A second press does nothing. Refuses with `NeedsAnotherPerson` or `RunIsDecided`.
    """
    decision = approve(run, by=by, at=at)
    return finish_calling_off(decision, at=at)


@transaction.atomic
def approve(run: Run, *, by: Person, at: datetime) -> GroupDecision:
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    decision = GroupDecision.objects.filter(run=run).first()
    if decision is None or decision.outcome != GroupOutcome.CALL_OFF:
        raise RunIsDecided(_("Nobody has asked that this run be called off."))
    if decision.approved_at:
        return decision
    if decision.by_id == by.pk:
        raise NeedsAnotherPerson(
            _("You asked for this yourself. Another person has to call the run off.")
        )
    decision.approved_by, decision.approved_at = by, at
    decision.save(update_fields=["approved_by", "approved_at"])
    cancel_run(run, by=by, at=at)
    record("admissions.group.called_off", run, by=by, at=at, reason=decision.reason)
    return decision


def _require_running(run: Run) -> None:
    if run.cancelled_at is not None:
        raise RunIsDecided(_("This run is called off already."))


def finish_calling_off(decision: GroupDecision, *, at: datetime) -> int:
    """Everybody who is still in a run that was called off. Twice is once."""
    told = 0
    for case in groups.still_in(decision.run):
        for run in decision.alternatives.order_by("starts_on", "pk"):
            if hold_instead(case, run, by=decision.approved_by, at=at):
                break
        told += _end_one(case, decision, at=at)
    return told


def finish_all(*, at: datetime) -> int:
    """What was begun and not finished, of every run that was called off."""
    return sum(finish_calling_off(each, at=at) for each in groups.unfinished())


@transaction.atomic
def hold_instead(
    case: Application, run: Run, *, by: Person | None, at: datetime
) -> bool:
    """Offer a held place in another run; False where that cannot be.

    Nobody is offered what they never asked to have read, or do not meet.
    """
    Person.objects.select_for_update().get(pk=case.person_id)
    if Application.objects.filter(instead_of=case).exists():
        return True
    if case.submitted_at is None or queries.live_application(run, case.person):
        return False
    try:
        with transaction.atomic():
            _offer_instead(case, run, by=by, at=at)
    except (NoSeatLeft, _DoesNotFit):
        return False
    return True


class _DoesNotFit(Exception):
    """The answers speak against the other run."""


def _offer_instead(
    case: Application, run: Run, *, by: Person | None, at: datetime
) -> None:
    made = Application.objects.create(
        run=run,
        person=case.person,
        version=run.version,
        instead_of=case,
        state=State.SUBMITTED,
        started_at=at,
        changed_at=at,
        submitted_at=at,
        **answers_of(case),
    )
    copy_files(case, made)
    made.verdict = queries.verdict_of(made)
    if made.verdict["overall"] == Met.NOT_MET:
        raise _DoesNotFit
    until = end_of(add_working_days(day_of(at), HELD_WORKING_DAYS))
    made.bundle = seats.take_bundle(run, case.person, hold_until=until, at=at)
    move(made, Step.ADMIT_AT_ONCE, by=by, at=at, until=until)
    Decision.objects.create(
        application=made,
        outcome=Outcome.OFFER,
        reasons=["instead"],
        by=by,
        staged_at=at,
        released_at=at,
    )


@transaction.atomic
def _end_one(case: Application, decision: GroupDecision, *, at: datetime) -> bool:
    """End one application: places, studies and money go back, and one letter says so."""
    application = locked(case)
    if not LADDER.allows(State(application.state), Step.CALL_OFF):
        return False
    by = decision.approved_by
    agreements = [
        each for each in (application.agreement, application.fee_agreement) if each
    ]
    end(application, Step.CALL_OFF, WHY, by=by, at=at)
    for each in agreements:
        cancel_agreement(each, reason=WHY, by=by, at=at)
    publish(
        PlaceCalledOff(
            application.person_id, application.run_id, by.pk if by else None, at
        )
    )
    tell(
        application,
        "called_off",
        at=at,
        once="called off",
        reason=decision.reason,
        back_cents=fee_queries.to_pay_back_on(agreements),
        instead=Application.objects.filter(instead_of=application)
        .select_related("run__version")
        .first(),
        others=list(decision.alternatives.select_related("version__programme")),
    )
    return True
