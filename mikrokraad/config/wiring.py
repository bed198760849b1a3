"""What happens after what: every reaction in the system, on one page."""

from mikrokraad.admissions.actions import (
    enrol_paid_applicant,
    lapse_unpaid,
    offer_when_freed,
)
from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.core.events import when
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.studies import actions as studies


def wire() -> None:
    """Called once, when everything is loaded."""
    when(SeatsFreed, offer_when_freed)
    when(HoldExpired, lapse_unpaid)
    when(PaymentRuleMet, enrol_paid_applicant)
    when(ApplicantEnrolled, studies.open_enrolment)
