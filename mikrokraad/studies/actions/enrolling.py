"""Studies open when somebody is enrolled, and begin with the run."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.catalogue.models import RunSection
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.rules import ClaimState
from mikrokraad.studies.actions.steps import locked_enrolment, move
from mikrokraad.studies.models import Enrolment, SectionPlace
from mikrokraad.studies.rules import EnrolmentState, Step

TOKEN_BYTES = 32


@transaction.atomic
def open_enrolment(event: ApplicantEnrolled) -> Enrolment:
    """Register a learner, with a place in each required section. Told twice, once."""
    known = Enrolment.objects.filter(application_id=event.application_id).first()
    if known is not None:
        return known
    enrolment = Enrolment.objects.create(
        application_id=event.application_id,
        person_id=event.person_id,
        run_id=event.run_id,
        calendar_token=token_urlsafe(TOKEN_BYTES),
        enrolled_at=event.at,
    )
    claims = {
        claim.unit.section_id: claim
        for claim in SeatClaim.objects.filter(
            state=ClaimState.CONFIRMED, person_id=event.person_id
        ).select_related("unit")
    }
    for required in RunSection.objects.filter(run_id=event.run_id, required=True):
        SectionPlace.objects.create(
            enrolment=enrolment,
            section_id=required.section_id,
            claim=claims.get(required.section_id),
        )
    record("studies.enrolment.opened", enrolment, by=None, at=event.at)
    return enrolment


@transaction.atomic
def start_studies(enrolment: Enrolment, *, by: Person | None, at: datetime) -> None:
    """The run has begun. Twice is once."""
    locked = locked_enrolment(enrolment)
    if locked.state == EnrolmentState.REGISTERED:
        move(locked, Step.START, by=by, at=at)
