"""What happens after what: every reaction in the system, on one page."""

from mikrokraad.admissions import exporting as of_admissions
from mikrokraad.admissions.actions import (
    enrol_paid_applicant,
    lapse_unpaid,
    offer_when_freed,
    read_after_the_fee,
)
from mikrokraad.admissions.events import ApplicantEnrolled, PlaceCalledOff
from mikrokraad.catalogue import exporting as of_catalogue
from mikrokraad.catalogue.events import RunPublished
from mikrokraad.catalogue.founding import open_catalogue
from mikrokraad.core.events import when
from mikrokraad.credentials import actions as credentials
from mikrokraad.credentials import exporting as of_credentials
from mikrokraad.credentials.gathering import tell_curricula
from mikrokraad.fees import exporting as of_fees
from mikrokraad.fees.events import ApplicationFeePaid, PaymentRuleMet
from mikrokraad.pathways.queries import curricula_of
from mikrokraad.people import export
from mikrokraad.people.events import InstitutionFounded
from mikrokraad.seats import exporting as of_seats
from mikrokraad.seats.actions import open_places_of_run
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.studies import actions as studies
from mikrokraad.studies import exporting as of_studies
from mikrokraad.studies.events import (
    CompletionDecided,
    EnrolmentEnded,
    ResultCorrected,
    ResultsConfirmed,
)


def wire() -> None:
    """Called once, when everything is loaded."""
    when(InstitutionFounded, open_catalogue)
    when(RunPublished, open_places_of_run)
    when(SeatsFreed, offer_when_freed)
    when(HoldExpired, lapse_unpaid)
    when(ApplicationFeePaid, read_after_the_fee)
    when(PaymentRuleMet, enrol_paid_applicant)
    when(ApplicantEnrolled, studies.open_enrolment)
    when(PlaceCalledOff, studies.end_with_the_run)
    when(ResultsConfirmed, studies.decide_what_is_ready)
    when(CompletionDecided, credentials.tell_what_was_earned)
    when(ResultCorrected, credentials.open_review)
    when(EnrolmentEnded, studies.give_back)
    tell_curricula(curricula_of)  # a document names the degrees its courses count in
    export.tell("catalogue", of_catalogue.about)  # a person's copy of their data
    export.tell("seats", of_seats.about)
    export.tell("fees", of_fees.about)
    export.tell("admissions", of_admissions.about)
    export.tell("studies", of_studies.about)
    export.tell("credentials", of_credentials.about)
