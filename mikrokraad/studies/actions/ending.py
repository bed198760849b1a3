"""Studies that end early: one case with places and money (M7).

Places go to who waits at once. What was invoiced is for the finance desk to decide.
"""

from datetime import datetime

from django.db import transaction

from mikrokraad.admissions.events import PlaceCalledOff
from mikrokraad.core.events import publish
from mikrokraad.fees import actions as fee_actions
from mikrokraad.fees import queries as fee_queries
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seat_actions
from mikrokraad.seats.models import Bundle
from mikrokraad.seats.rules import STUDIES_ENDED
from mikrokraad.studies import queries, rules
from mikrokraad.studies.actions.completing import freeze
from mikrokraad.studies.actions.steps import locked_enrolment, move
from mikrokraad.studies.events import CompletionDecided, EnrolmentEnded
from mikrokraad.studies.models import Ending, Enrolment
from mikrokraad.studies.rules import LIVE, EnrolmentState, Money, Step

CALLED_OFF = "run called off"


@transaction.atomic
def end_studies(
    enrolment: Enrolment, *, reason: str, by: Person | None, at: datetime
) -> Enrolment:
    """Cancel an enrolment whose studies have not begun, interrupt one that has.

    Refuses with `ReasonMissing` or `StepNotAllowed`.
    """
    if enrolment.state == EnrolmentState.REGISTERED:
        return cancel(enrolment, reason=reason, by=by, at=at)
    return interrupt(enrolment, reason=reason, by=by, at=at)


@transaction.atomic
def interrupt(
    enrolment: Enrolment, *, reason: str, by: Person | None, at: datetime
) -> Enrolment:
    """End studies early. What was passed until then still earns a statement.

    Refuses with `ReasonMissing` or `StepNotAllowed`.
    """
    locked = _ended(enrolment, Step.INTERRUPT, reason, by=by, at=at)
    if any(each.grade for each in queries.courses_of(locked)):
        made = freeze(locked, at=at)
        record("studies.completion.decided", made, by=by, at=at, earned=made.earned)
        publish(CompletionDecided(made.pk, at))
    publish(EnrolmentEnded(locked.pk, at))
    return locked


@transaction.atomic
def cancel(
    enrolment: Enrolment, *, reason: str, by: Person | None, at: datetime
) -> Enrolment:
    """Undo an enrolment before studies start.

    Refuses with `ReasonMissing` or `StepNotAllowed`.
    """
    locked = _ended(enrolment, Step.CANCEL, reason, by=by, at=at)
    publish(EnrolmentEnded(locked.pk, at))
    return locked


def _ended(
    enrolment: Enrolment, step: Step, reason: str, *, by: Person | None, at: datetime
) -> Enrolment:
    why = rules.require_reason(reason)
    locked = locked_enrolment(enrolment)
    move(locked, step, by=by, at=at, reason=why)
    Ending.objects.create(enrolment=locked, reason=why, opened_at=at)
    return locked


@transaction.atomic
def end_with_the_run(event: PlaceCalledOff) -> None:
    """A run does not take place: end the enrolment in it, with nothing left to settle.

    Places, invoices and the letter are seen to by whoever called it off.
    """
    enrolment = Enrolment.objects.filter(
        run=event.run_id, person=event.person_id, state__in=LIVE
    ).first()
    if enrolment is None:
        return
    locked = locked_enrolment(enrolment)
    registered = locked.state == EnrolmentState.REGISTERED
    step = Step.CANCEL if registered else Step.INTERRUPT
    by = Person.objects.get(pk=event.by_id) if event.by_id else None
    move(locked, step, by=by, at=event.at, reason=CALLED_OFF)
    Ending.objects.create(
        enrolment=locked,
        reason=CALLED_OFF,
        opened_at=event.at,
        money=Money.NOTHING_OWED,
        decided_at=event.at,
    )


@transaction.atomic
def give_back(event: EnrolmentEnded) -> None:
    """Studies have ended: free the places, ask finance about the invoice, tell the learner.

    Where nothing was invoiced there is nothing to ask, and the agreement ends too.
    """
    ending = Ending.objects.select_related("enrolment__run", "enrolment__person").get(
        enrolment_id=event.enrolment_id
    )
    run, person = ending.enrolment.run, ending.enrolment.person
    for bundle in Bundle.objects.filter(run=run, person=person).order_by("pk"):
        seat_actions.release_bundle(bundle, reason=STUDIES_ENDED, at=event.at)
    agreement = fee_queries.live_agreement(run, person)
    if agreement is not None and agreement.invoices.exists():
        ending.agreement = agreement
    elif agreement is not None:
        fee_actions.cancel_agreement(
            agreement, reason=STUDIES_ENDED, by=None, at=event.at
        )
    if ending.agreement is None:
        ending.money, ending.decided_at = Money.NOTHING_OWED, event.at
    ending.save(update_fields=["agreement", "money", "decided_at"])
    _tell(ending, at=event.at)


def _tell(ending: Ending, *, at: datetime) -> None:
    write_letter(
        "studies/letters/ended.md",
        ending.enrolment.person,
        about=ending.enrolment,
        key=f"studies-ended:{ending.pk}",
        at=at,
        run=ending.enrolment.run,
        reason=ending.reason,
        has_invoice=ending.agreement is not None,
    )


@transaction.atomic
def settle_ending(
    ending: Ending, money: Money, *, note: str, by: Person, at: datetime
) -> Ending:
    """Decide about the money of studies that have ended: credit the invoice, or keep it.

    The learner is told. Decided twice, the first decision stands. Refuses with
    `ReasonMissing`.
    """
    why = rules.require_reason(note)
    locked = (
        Ending.objects.select_for_update(of=("self",))
        .select_related(
            "agreement__run", "enrolment__person", "enrolment__run__version"
        )
        .get(pk=ending.pk)
    )
    if locked.money:
        return locked
    assert locked.agreement is not None  # what waits has an agreement
    locked.money, locked.note = money, why
    locked.decided_by, locked.decided_at = by, at
    locked.save(update_fields=["money", "note", "decided_by", "decided_at"])
    if money == Money.CREDITED:
        fee_actions.cancel_agreement(
            locked.agreement, reason=STUDIES_ENDED, by=by, at=at
        )
    else:
        write_letter(
            "studies/letters/fee_kept.md",
            locked.enrolment.person,
            about=locked.enrolment,
            key=f"fee-kept:{locked.pk}",
            at=at,
            run=locked.enrolment.run,
            note=why,
        )
    record("studies.ending.settled", locked.enrolment, by=by, at=at, money=str(money))
    return locked
