"""Sending an application once; where there is an application fee, it is paid first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import eligibility, queries
from mikrokraad.admissions.actions.drafts import require_open
from mikrokraad.admissions.actions.places import offer_at_once
from mikrokraad.admissions.actions.steps import locked, locked_alone, move, tell
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import SomethingIsMissing, State, Step
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core.calendar import end_of
from mikrokraad.fees.actions import ask_application_fee
from mikrokraad.fees.events import ApplicationFeePaid
from mikrokraad.fees.queries import owed_on
from mikrokraad.people.models import Person


@transaction.atomic
def submit(application: Application, *, by: Person, at: datetime) -> Application:
    """Send a draft: freeze answers, version and verdict (A3). Twice is once.

    Where there is an application fee, nobody reads the application before it is paid.
    Refuses with ApplicationsClosed or SomethingIsMissing.
    """
    application = locked_alone(application)
    if application.submitted_at is not None:
        return application
    require_open(application.run, at=at)
    _require_complete(application)
    application.version = application.run.version
    application.verdict = queries.verdict_of(application)
    application.submitted_at = at
    fee = ask_application_fee(application.run, application.person, by=by, at=at)
    application.fee_agreement = fee
    if fee and owed_on(fee):
        until = end_of(fee.invoices.get().due_on)
        move(application, Step.ASK_FEE, by=by, at=at, until=until)
        return application
    move(application, Step.SUBMIT, by=by, at=at)
    return _to_its_readers(application, at)


def _require_complete(application: Application) -> None:
    missing = queries.missing_sections(application)
    if missing and application.state == State.DRAFT:
        raise SomethingIsMissing(
            _(
                "Something is still to be answered. "
                "Look through the parts that are marked, and send it then."
            ),
            missing=tuple(missing),
        )


@transaction.atomic
def read_after_the_fee(event: ApplicationFeePaid) -> None:
    """The application fee has come: now the application is read. Twice is once."""
    for waiting in queries.waiting_for_fee(event.agreement_id):
        application = locked(waiting)
        if application.state == State.FEE_DUE:
            move(application, Step.FEE_PAID, by=None, at=event.at)
            _to_its_readers(application, event.at)


def _to_its_readers(application: Application, at: datetime) -> Application:
    """Tell the applicant; first come, first served needs no readers."""
    tell(application, "received", at=at)
    instant = application.run.admission_mode == AdmissionMode.INSTANT
    if instant and application.verdict["overall"] == eligibility.Met.MET:
        offer_at_once(application, at=at)
    return application
