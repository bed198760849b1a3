"""From paid to enrolled: hold first, pay second; a late payment makes no seat (S3)."""

from datetime import datetime, timedelta

from django.db import transaction

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import locked, move, tell
from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State, Step
from mikrokraad.core.events import publish
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import Agreement
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import Bundle
from mikrokraad.seats.rules import HoldHasExpired, NoSeatLeft


@transaction.atomic
def enrol_paid_applicant(event: PaymentRuleMet) -> None:
    """Make the held places sure and enrol. Twice is once.

    Money that comes when the places are gone is kept and written down, not refused:
    it is on our account. Staff pay it back or find another place.
    """
    agreement = Agreement.objects.select_related("run", "person").get(
        pk=event.agreement_id
    )
    found = queries.live_application(agreement.run, agreement.person)
    if found is None or not _is_of(found, agreement):
        _too_late(agreement, event.at)
        return
    application = locked(found)
    if application.state != State.ADMITTED:
        return
    application.agreement = agreement
    bundle = _made_sure(application, event.at)
    if bundle is None:
        _too_late(agreement, event.at)
        return
    application.bundle = bundle
    move(application, Step.ENROL, by=None, at=event.at)
    tell(application, "enrolled", at=event.at, once="enrolled")
    publish(
        ApplicantEnrolled(
            application.pk,
            application.person_id,
            application.run_id,
            bundle.pk,
            event.at,
        )
    )


def _is_of(application: Application, agreement: Agreement) -> bool:
    """An ended agreement, or that of an earlier application, enrols nobody."""
    return agreement.ended_at is None and application.agreement_id in (
        None,
        agreement.pk,
    )


def _made_sure(application: Application, at: datetime) -> Bundle | None:
    """The confirmed bundle; a new one if the hold is over but places are free."""
    bundle = application.bundle
    assert bundle is not None  # an admitted application holds its places (A1)
    try:
        seats.confirm_bundle(bundle, at=at)
    except HoldHasExpired:
        return _taken_anew(application, at)
    return bundle


def _taken_anew(application: Application, at: datetime) -> Bundle | None:
    a_moment = at + timedelta(minutes=1)
    try:
        bundle = seats.take_bundle(
            application.run, application.person, hold_until=a_moment, at=at
        )
    except NoSeatLeft:
        return None
    seats.confirm_bundle(bundle, at=at)
    return bundle


def _too_late(agreement: Agreement, at: datetime) -> None:
    """Write it down, and tell the applicant, whatever became of the application."""
    record("application: paid too late", agreement, by=None, at=at)
    for application in queries.of_agreement(agreement):
        tell(application, "paid_too_late", at=at, once="late")
