"""Admission rules: the ladder and what each state means. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.errors import Refusal
from mikrokraad.core.ladders import Ladder


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    FEE_DUE = "fee_due", _("waiting for the application fee")
    SUBMITTED = "submitted", _("submitted")
    UNDER_REVIEW = "under_review", _("under review")
    INFO_REQUESTED = "info_requested", _("waiting for the applicant's answer")
    OFFER_STAGED = "offer_staged", _("offer prepared")
    REJECTION_STAGED = "rejection_staged", _("rejection prepared")
    WAITING_STAGED = "waiting_staged", _("waiting list prepared")
    OFFERED = "offered", _("offered")
    WAITLISTED = "waitlisted", _("on the waiting list")
    ACCEPTED = "accepted", _("accepted")
    CONDITIONS_PENDING = "conditions_pending", _("conditions to meet")
    ADMITTED = "admitted", _("admitted")
    ENROLLED = "enrolled", _("enrolled")
    REJECTED = "rejected", _("not admitted")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    WITHDRAWN_BY_SCHOOL = "withdrawn_by_school", _("withdrawn by the university")
    DEFERRED = "deferred", _("deferred")
    CALLED_OFF = "called_off", _("run called off")


class Step(StrEnum):
    SUBMIT = "submit"
    ASK_FEE = "ask_fee"
    FEE_PAID = "fee_paid"
    REVIEW = "review"
    ASK = "ask"
    ANSWER = "answer"
    STAGE_OFFER = "stage_offer"
    STAGE_REJECTION = "stage_rejection"
    STAGE_WAITING = "stage_waiting"
    UNSTAGE = "unstage"
    RELEASE_OFFER = "release_offer"
    RELEASE_REJECTION = "release_rejection"
    RELEASE_WAITING = "release_waiting"
    ADMIT_AT_ONCE = "admit_at_once"
    ACCEPT = "accept"
    JOIN_WAITLIST = "join_waitlist"
    FREE_PLACE = "free_place"
    DECLINE = "decline"
    LAPSE = "lapse"
    SET_CONDITIONS = "set_conditions"
    ADMIT = "admit"
    ENROL = "enrol"
    WITHDRAW = "withdraw"
    WITHDRAW_BY_SCHOOL = "withdraw_by_school"
    DEFER = "defer"
    REVERSE = "reverse"
    CALL_OFF = "call_off"


class Mover(StrEnum):
    """Whose move it is."""

    APPLICANT = "applicant"
    STAFF = "staff"
    NOBODY = "nobody"


class MoveBy(StrEnum):
    """By when: which date limits the state."""

    RUN_DEADLINE = "run_deadline"
    DECISION_DAY = "decision_day"
    ANSWER_DAY = "answer_day"
    OFFER_END = "offer_end"
    WAITLIST_END = "waitlist_end"
    PAYMENT_DUE = "payment_due"
    CONDITION_DAY = "condition_day"
    NONE = "none"


@dataclass(frozen=True)
class Asks:
    """A condition as it is written with an offer: `text` in every language."""

    text: dict[str, str]
    due_on: date
    needs_file: bool = False


@dataclass(frozen=True)
class Means:
    """What a state means; never listed elsewhere. `holds_seat`: always, or (offered) by how it came about (A1).

    `undecided`: sent, and nothing is prepared. `watched`: once the applicant's day has
    passed, staff are shown the silence.
    """

    mover: Mover
    by: MoveBy
    holds_seat: bool = False
    terminal: bool = False
    undecided: bool = False
    watched: bool = False
    visible_as: str = ""  # what the applicant is shown while a decision is only staged


_OPEN_MOVES: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.ASK_FEE): State.FEE_DUE,
    (State.FEE_DUE, Step.FEE_PAID): State.SUBMITTED,
    (State.SUBMITTED, Step.REVIEW): State.UNDER_REVIEW,
    (State.UNDER_REVIEW, Step.ASK): State.INFO_REQUESTED,
    (State.INFO_REQUESTED, Step.ANSWER): State.UNDER_REVIEW,
    (State.UNDER_REVIEW, Step.STAGE_OFFER): State.OFFER_STAGED,
    (State.UNDER_REVIEW, Step.STAGE_REJECTION): State.REJECTION_STAGED,
    (State.UNDER_REVIEW, Step.STAGE_WAITING): State.WAITING_STAGED,
    (State.OFFER_STAGED, Step.UNSTAGE): State.UNDER_REVIEW,
    (State.REJECTION_STAGED, Step.UNSTAGE): State.UNDER_REVIEW,
    (State.WAITING_STAGED, Step.UNSTAGE): State.UNDER_REVIEW,
    (State.OFFER_STAGED, Step.RELEASE_OFFER): State.OFFERED,
    (State.REJECTION_STAGED, Step.RELEASE_REJECTION): State.REJECTED,
    (State.WAITING_STAGED, Step.RELEASE_WAITING): State.WAITLISTED,
    (State.SUBMITTED, Step.ADMIT_AT_ONCE): State.OFFERED,
    (State.SUBMITTED, Step.JOIN_WAITLIST): State.WAITLISTED,
    (State.OFFERED, Step.ACCEPT): State.ACCEPTED,
    (State.OFFERED, Step.JOIN_WAITLIST): State.WAITLISTED,
    (State.OFFERED, Step.DECLINE): State.DECLINED,
    (State.OFFERED, Step.LAPSE): State.LAPSED,
    (State.OFFERED, Step.WITHDRAW_BY_SCHOOL): State.WITHDRAWN_BY_SCHOOL,
    (State.WAITLISTED, Step.FREE_PLACE): State.OFFERED,
    (State.WAITLISTED, Step.LAPSE): State.LAPSED,
    (State.ACCEPTED, Step.SET_CONDITIONS): State.CONDITIONS_PENDING,
    (State.ACCEPTED, Step.ADMIT): State.ADMITTED,
    (State.CONDITIONS_PENDING, Step.ADMIT): State.ADMITTED,
    (State.ACCEPTED, Step.LAPSE): State.LAPSED,
    (State.CONDITIONS_PENDING, Step.LAPSE): State.LAPSED,
    (State.ADMITTED, Step.LAPSE): State.LAPSED,
    (State.ACCEPTED, Step.DEFER): State.DEFERRED,
    (State.ADMITTED, Step.DEFER): State.DEFERRED,
    (State.ADMITTED, Step.ENROL): State.ENROLLED,
    (State.REJECTED, Step.REVERSE): State.UNDER_REVIEW,
}

MEANING: dict[State, Means] = {
    State.DRAFT: Means(Mover.APPLICANT, MoveBy.RUN_DEADLINE),
    State.FEE_DUE: Means(Mover.APPLICANT, MoveBy.PAYMENT_DUE),
    State.SUBMITTED: Means(Mover.STAFF, MoveBy.DECISION_DAY, undecided=True),
    State.UNDER_REVIEW: Means(Mover.STAFF, MoveBy.DECISION_DAY, undecided=True),
    State.INFO_REQUESTED: Means(
        Mover.APPLICANT, MoveBy.ANSWER_DAY, undecided=True, watched=True
    ),
    State.OFFER_STAGED: Means(
        Mover.STAFF, MoveBy.DECISION_DAY, visible_as="under_review"
    ),
    State.REJECTION_STAGED: Means(
        Mover.STAFF, MoveBy.DECISION_DAY, visible_as="under_review"
    ),
    State.WAITING_STAGED: Means(
        Mover.STAFF, MoveBy.DECISION_DAY, visible_as="under_review"
    ),
    State.OFFERED: Means(Mover.APPLICANT, MoveBy.OFFER_END),
    State.WAITLISTED: Means(Mover.STAFF, MoveBy.WAITLIST_END),
    State.ACCEPTED: Means(Mover.STAFF, MoveBy.DECISION_DAY, holds_seat=True),
    State.CONDITIONS_PENDING: Means(
        Mover.APPLICANT, MoveBy.CONDITION_DAY, holds_seat=True, watched=True
    ),
    State.ADMITTED: Means(Mover.APPLICANT, MoveBy.PAYMENT_DUE, holds_seat=True),
    State.ENROLLED: Means(Mover.NOBODY, MoveBy.NONE, holds_seat=True, terminal=True),
    State.REJECTED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.DECLINED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.LAPSED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.WITHDRAWN: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.WITHDRAWN_BY_SCHOOL: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.DEFERRED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    State.CALLED_OFF: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
}

LADDER: Ladder[State, Step, Means] = Ladder(
    steps={
        **_OPEN_MOVES,
        **{
            (state, Step.WITHDRAW): State.WITHDRAWN
            for state, means in MEANING.items()
            if not means.terminal
        },
        **{
            (state, Step.CALL_OFF): State.CALLED_OFF
            for state, means in MEANING.items()
            if not means.terminal or state == State.ENROLLED
        },
    },
    flags=MEANING,
)

CLOSED: list[State] = LADDER.where("terminal")
UNDECIDED: list[State] = LADDER.where("undecided")
WATCHED: list[State] = LADDER.where("watched")
STAGED: list[State] = [state for state in State if LADDER.allows(state, Step.UNSTAGE)]

# Why (A2): what a decision is founded on, by code; the words are shown, the code is kept.
OFFER_REASONS: list[tuple[str, str | Promise]] = [
    ("requirements_met", _("You meet all the requirements.")),
    ("experience_counts", _("Your experience makes up for what is missing.")),
    ("ranked_high", _("You were among the best of those who applied.")),
    ("lot_drawn", _("Your lot was drawn.")),
    ("instead", _("The run you applied for was called off; here is a place for you.")),
]
REJECTION_REASONS: list[tuple[str, str | Promise]] = [
    ("education_too_low", _("The programme asks for more completed education.")),
    ("requirement_not_met", _("A requirement of the programme is not met.")),
    ("evidence_not_enough", _("The files do not show that the requirements are met.")),
    ("language_too_low", _("The programme asks for better knowledge of a language.")),
    ("others_ranked_higher", _("There were more good applicants than places.")),
    ("lot_not_drawn", _("There were more applicants than places, and lots decided.")),
    ("no_answer", _("We asked for more information and got no answer in time.")),
]
WAITING_REASONS: list[tuple[str, str | Promise]] = [
    ("others_ranked_higher", _("There were more good applicants than places.")),
    ("lot_not_drawn", _("There were more applicants than places, and lots decided.")),
]


class Leaving(models.TextChoices):
    """Why somebody takes an application back."""

    NO_TIME = "no_time", _("I have no time for it now")
    DATES = "dates", _("The dates do not suit me")
    PRICE = "price", _("It costs too much")
    PAYER = "payer", _("My employer does not pay after all")
    ELSEWHERE = "elsewhere", _("I chose another programme or school")
    NOT_FOR_ME = "not_for_me", _("It is not what I need")
    OTHER = "other", _("Something else")
    NOT_SAID = "not_said", _("I would rather not say")


class Entered(models.TextChoices):
    """How somebody's application came to staff."""

    PAPER = "paper", _("on paper")
    PHONE = "phone", _("on the telephone")


class AlreadyApplied(Refusal):
    code = "already-applied"


class NothingLater(Refusal):
    code = "nothing-later"


class ApplicationsClosed(Refusal):
    code = "applications-closed"


class SomethingIsMissing(Refusal):
    """`missing` are the keys of the sections that are not answered."""

    code = "something-is-missing"

    def __init__(self, message: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.missing = missing


class ReasonsNeeded(Refusal):
    code = "reasons-needed"


class AnotherIsLive(Refusal):
    code = "another-application-is-live"


class DecidedAfterTheDeadline(Refusal):
    code = "decided-after-the-deadline"


class ScoresAreIn(Refusal):
    code = "scores-are-in"


class PointsDoNotFit(Refusal):
    code = "points-do-not-fit"


class LotsNotReady(Refusal):
    code = "lots-not-ready"


class RunIsDecided(Refusal):
    code = "run-is-decided"


class CannotBeAssigned(Refusal):
    code = "cannot-be-assigned"


class NotOverYet(Refusal):
    code = "not-over-yet"


class DayHasPassed(Refusal):
    code = "day-has-passed"


class OfferHasEnded(Refusal):
    code = "offer-has-ended"


class AlreadyAnswered(Refusal):
    code = "already-answered"


class FileNotAccepted(Refusal):
    code = "file-not-accepted"
