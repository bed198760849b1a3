"""What applicants and staff read about an application: one sentence per state and act."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.admissions.eligibility import Met
from mikrokraad.admissions.models import Decision
from mikrokraad.admissions.rules import (
    LADDER,
    OFFER_REASONS,
    REJECTION_REASONS,
    WAITING_REASONS,
    State,
    Step,
)
from mikrokraad.catalogue.rules import AdmissionMode, RequirementKind

Words = str | Promise


class Stage(StrEnum):
    """The parts of the way from an application to the first lecture."""

    APPLY = "apply"
    DECISION = "decision"
    PLACE = "place"
    FEE = "fee"
    STUDIES = "studies"


STAGES: dict[Stage, Words] = {
    Stage.APPLY: _("Apply"),
    Stage.DECISION: _("Decision"),
    Stage.PLACE: _("Place"),
    Stage.FEE: _("Fee"),
    Stage.STUDIES: _("Studies"),
}


@dataclass(frozen=True)
class Said:
    """How a state is told: its tag's kind, the headline and the sentence below it."""

    stage: Stage
    kind: str
    headline: Words
    text: Words


STATES: dict[State, Said] = {
    State.DRAFT: Said(
        Stage.APPLY,
        "plain",
        _("Your application is not sent yet"),
        _(
            "It is saved as you go. You can leave and come back; nobody reads it before you send it."
        ),
    ),
    State.FEE_DUE: Said(
        Stage.APPLY,
        "wait",
        _("We are waiting for your application fee"),
        _(
            "Your answers are sent and safe. The programme's people read them as soon as the fee has come. It is not returned, whatever they decide."
        ),
    ),
    State.SUBMITTED: Said(
        Stage.DECISION,
        "info",
        _("We have your application"),
        _(
            "It is not an offer of a place yet. The programme's people read every application and decide together."
        ),
    ),
    State.UNDER_REVIEW: Said(
        Stage.DECISION,
        "info",
        _("Your application is being read"),
        _(
            "There is nothing for you to do now. We write to you as soon as it is decided."
        ),
    ),
    State.INFO_REQUESTED: Said(
        Stage.DECISION,
        "wait",
        _("We have a question for you"),
        _("Your application waits for your answer; it has not lost its turn."),
    ),
    State.OFFERED: Said(
        Stage.PLACE,
        "good",
        _("There is a place for you"),
        _("Accept it in time, and the place and a seat in every course are yours."),
    ),
    State.WAITLISTED: Said(
        Stage.PLACE,
        "wait",
        _("You are on the waiting list"),
        _(
            "Every place is taken at the moment. When one becomes free, it is offered in the order of the list, and we write to you at once."
        ),
    ),
    State.ACCEPTED: Said(
        Stage.FEE,
        "good",
        _("You have accepted your place"),
        _("Your place and your seats in the courses are held for you."),
    ),
    State.CONDITIONS_PENDING: Said(
        Stage.FEE,
        "wait",
        _("Your place is held for you"),
        _("There is still something to do before it is yours; it stands below."),
    ),
    State.ADMITTED: Said(
        Stage.FEE,
        "wait",
        _("Your place is held for you"),
        _("It is yours for good once the fee is paid."),
    ),
    State.ENROLLED: Said(
        Stage.STUDIES,
        "good",
        _("You are enrolled"),
        _("Your courses and their dates are on your studies page."),
    ),
    State.REJECTED: Said(
        Stage.DECISION,
        "bad",
        _("This time we cannot offer you a place"),
        _(
            "The reasons are below. You are welcome to apply again or to another programme."
        ),
    ),
    State.DECLINED: Said(
        Stage.PLACE,
        "plain",
        _("You turned the offer down"),
        _(
            "The place has gone to somebody else. You can apply again while applications are open."
        ),
    ),
    State.LAPSED: Said(
        Stage.PLACE,
        "plain",
        _("The time for the next step has passed"),
        _(
            "This application has ended. If you still want to study, write to the contact person."
        ),
    ),
    State.WITHDRAWN: Said(
        Stage.APPLY,
        "plain",
        _("You took your application back"),
        _(
            "Nothing more happens with it. You can apply again while applications are open."
        ),
    ),
    State.WITHDRAWN_BY_SCHOOL: Said(
        Stage.PLACE,
        "bad",
        _("The university took the offer back"),
        _("The letter below says why. The contact person answers your questions."),
    ),
    State.DEFERRED: Said(
        Stage.PLACE,
        "plain",
        _("You study later"),
        _("Your place was moved to a later run of the programme."),
    ),
    State.CALLED_OFF: Said(
        Stage.PLACE,
        "bad",
        _("This run does not take place"),
        _(
            "The letter below says why, and what we offer instead. You owe nothing; what was paid is paid back in full."
        ),
    ),
}


def shown(state: str) -> State:
    """The state that the applicant is shown: a staged decision is not told yet (A2)."""
    current = State(state)
    return State(LADDER.flags[current].visible_as or current)


def told(state: str) -> Said:
    return STATES[shown(state)]


def steps(state: str) -> list[dict[str, Any]]:
    """The way to the first lecture, for the steps component."""
    current = shown(state)
    stage = STATES[current].stage
    order = list(STAGES)
    here = order.index(stage)
    stopped = LADDER.flags[current].terminal and current != State.ENROLLED
    now = "stopped" if stopped else "now"
    return [
        {
            "label": STAGES[each],
            "state": "done" if n < here else now if n == here else "later",
        }
        for n, each in enumerate(order)
    ]


REQUIREMENT_TITLES: dict[str, Words] = {
    RequirementKind.EDUCATION: _("What you have studied"),
    RequirementKind.EXPERIENCE: _("Your experience"),
    RequirementKind.EMPLOYMENT: _("Your work"),
    RequirementKind.LANGUAGE: _("Your language skills"),
    RequirementKind.PRIOR_PROGRAMME: _("An earlier programme"),
    RequirementKind.COURSE: _("An earlier course"),
    RequirementKind.CERTIFICATE: _("A certificate"),
    RequirementKind.CITIZENSHIP: _("Your citizenship"),
    RequirementKind.RESIDENCE: _("Where you live"),
    RequirementKind.DOCUMENT: _("A document to add"),
    RequirementKind.FREE_TEXT: _("In your own words"),
}

# Why a requirement is met or not, as the applicant reads it (staff read
# `eligibility.REASONS`).
FINDINGS: dict[str, Words] = {
    "education_enough": _("Your completed education is enough."),
    "education_too_low": _("The programme asks for more completed education."),
    "said_yes": _("You said so."),
    "said_no": _("You said that it is not so."),
    "not_answered": _("You have not answered yet."),
    "years_enough": _("Your years of experience are enough."),
    "years_too_few": _("The programme asks for more years of experience."),
    "level_enough": _("Your level of the language is enough."),
    "level_too_low": _("The programme asks for a higher level of the language."),
    "field_fits": _("The field of your education is one that is asked."),
    "field_differs": _("The programme asks for education in another field."),
    "sector_fits": _("You work where the programme asks."),
    "sector_differs": _("The programme is for people who work elsewhere."),
    "not_employed": _("The programme is for people who work."),
    "citizenship_fits": _("Your citizenship is one that may take part."),
    "citizenship_closed": _("The programme is not open to this citizenship."),
    "residence_fits": _("Who lives there may take part."),
    "residence_closed": _("The programme is not open to who lives there."),
    "file_missing": _("The file that is asked for is not there yet."),
    "file_to_read": _("People of the programme will read your file."),
    "words_to_read": _("People of the programme will read your answer."),
    "record_to_check": _("People of the programme will look it up."),
}
MET: dict[str, tuple[str, str, Words]] = {
    # for a list of conditions, for a tag, in words
    Met.MET: ("met", "good", _("met")),
    Met.NOT_MET: ("missing", "bad", _("not met")),
    Met.JUDGE: ("unknown", "wait", _("to be judged")),
}


# How a run gives its places, as everybody reads it before applying.
PLACES_GIVEN: dict[str, Words] = {
    AdmissionMode.INSTANT: _(
        "First come, first served: whoever meets every condition gets a place at once."
    ),
    AdmissionMode.DECIDED: _("People of the programme read every application."),
    AdmissionMode.RANKED: _(
        "After the deadline: every application gets points, and the best get the places."
    ),
    AdmissionMode.EVERYONE: _("Everybody who meets the conditions is offered a place."),
    AdmissionMode.LOTTERY: _(
        "By lot, after the deadline, among those who meet the conditions. Anybody can draw the lots again and check."
    ),
}


def verdict_in_short(verdict: dict[str, Any]) -> Words:
    return MET[verdict["overall"]][2] if verdict else ""


def reasons(decision: Decision) -> list[Words]:
    """The reasons of a decision, in words."""
    words = dict([*OFFER_REASONS, *REJECTION_REASONS, *WAITING_REASONS])
    return [words.get(code, code) for code in decision.reasons]


# What stands in the register, as staff read it.
ACTS: dict[str, Words] = {
    "application: start": _("Application begun"),
    "application: save": _("Answers saved"),
    "application: add file": _("File added"),
    "application: remove file": _("File removed"),
    f"application: {Step.SUBMIT}": _("Application sent"),
    f"application: {Step.ASK_FEE}": _("Application sent, application fee asked"),
    f"application: {Step.FEE_PAID}": _("Application fee paid"),
    f"application: {Step.REVIEW}": _("Reading begun"),
    f"application: {Step.ASK}": _("Question asked"),
    f"application: {Step.ANSWER}": _("Question answered"),
    f"application: {Step.STAGE_OFFER}": _("Offer prepared"),
    f"application: {Step.STAGE_REJECTION}": _("Rejection prepared"),
    f"application: {Step.STAGE_WAITING}": _("Waiting list prepared"),
    f"application: {Step.UNSTAGE}": _("Prepared decision taken back"),
    f"application: {Step.RELEASE_OFFER}": _("Offer released"),
    f"application: {Step.RELEASE_REJECTION}": _("Rejection released"),
    f"application: {Step.RELEASE_WAITING}": _("Put on the waiting list"),
    "application: assigned": _("Given to somebody else"),
    "application: scored": _("Scored"),
    f"application: {Step.ADMIT_AT_ONCE}": _("Place offered at once"),
    f"application: {Step.ACCEPT}": _("Offer accepted"),
    f"application: {Step.JOIN_WAITLIST}": _("Put on the waiting list"),
    f"application: {Step.FREE_PLACE}": _("Free place offered"),
    f"application: {Step.DECLINE}": _("Offer turned down"),
    f"application: {Step.LAPSE}": _("Time ran out"),
    f"application: {Step.SET_CONDITIONS}": _("Conditions set"),
    "application: condition met": _("A condition met"),
    f"application: {Step.ADMIT}": _("Place held until the fee is paid"),
    f"application: {Step.ENROL}": _("Enrolled"),
    f"application: {Step.WITHDRAW}": _("Application taken back"),
    f"application: {Step.WITHDRAW_BY_SCHOOL}": _("Offer taken back by the university"),
    "application: ask to defer": _("Asked to study in a later run"),
    "application: entered for": _("Entered by staff"),
    "application: keep in this run": _("Kept in this run"),
    "application: replace file": _("File replaced"),
    f"application: {Step.DEFER}": _("Moved to a later run"),
    f"application: {Step.REVERSE}": _("Rejection reversed"),
    f"application: {Step.CALL_OFF}": _("Run called off"),
}

# The same for the applicant. What is only prepared is not told (A2).
TOLD: dict[str, Words] = {
    "application: start": _("You began the application"),
    f"application: {Step.SUBMIT}": _("You sent the application"),
    f"application: {Step.ASK_FEE}": _("You sent the application"),
    "application: replace file": _("You replaced a file"),
    f"application: {Step.FEE_PAID}": _("Your application fee came"),
    f"application: {Step.REVIEW}": _("We began to read it"),
    f"application: {Step.ASK}": _("We asked you a question"),
    f"application: {Step.ANSWER}": _("You answered"),
    f"application: {Step.RELEASE_OFFER}": _("We offered you a place"),
    f"application: {Step.RELEASE_REJECTION}": _("We could not offer you a place"),
    f"application: {Step.RELEASE_WAITING}": _(
        "Every place was taken: you wait in order"
    ),
    f"application: {Step.ADMIT_AT_ONCE}": _("We offered you a place"),
    f"application: {Step.ACCEPT}": _("You accepted the place"),
    f"application: {Step.JOIN_WAITLIST}": _("Every place was taken: you wait in order"),
    f"application: {Step.FREE_PLACE}": _("A place became free for you"),
    f"application: {Step.DECLINE}": _("You turned the place down"),
    f"application: {Step.LAPSE}": _("Time ran out"),
    f"application: {Step.SET_CONDITIONS}": _("We set conditions"),
    "application: condition met": _("A condition is met"),
    f"application: {Step.ADMIT}": _("We hold the place for you until the fee is paid"),
    f"application: {Step.ENROL}": _("You became a learner"),
    f"application: {Step.WITHDRAW}": _("You took the application back"),
    f"application: {Step.WITHDRAW_BY_SCHOOL}": _("The university took the offer back"),
    "application: ask to defer": _("You asked to study in a later run"),
    "application: entered for": _("We entered it for you"),
    "application: keep in this run": _("We could not move your place"),
    f"application: {Step.DEFER}": _("Your place was moved to a later run"),
    f"application: {Step.REVERSE}": _("We look at the decision again"),
    f"application: {Step.CALL_OFF}": _("The run was called off"),
}
