"""Decisions that were a mistake: another person takes them back, once, with a reason."""

import pytest

from mikrokraad.admissions import actions, queries
from mikrokraad.admissions.models import Application, Decision
from mikrokraad.admissions.rules import (
    AnotherIsLive,
    ReasonsNeeded,
    State,
)
from mikrokraad.admissions.tests import factories as made
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core import clock
from mikrokraad.core.errors import NeedsAnotherPerson
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.core.models import OutboxMessage
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WHY = "The diploma was in the second file."


@pytest.fixture
def rejected() -> Application:
    return made.application_in(State.REJECTED)


def letters_about(application: Application, kind: str) -> list[OutboxMessage]:
    return list(
        OutboxMessage.objects.filter(key__startswith=f"letter:{kind}:{application.pk}")
    )


def test_reverse_lets_a_rejected_application_be_read_again(
    rejected: Application,
) -> None:
    actions.reverse(rejected, reason=WHY, by=made.officer(), at=clock.now())

    application = made.fresh(rejected)
    undone = application.decisions.get()
    assert application.state == State.UNDER_REVIEW
    assert application.move_by is not None
    assert application.move_by > clock.now()
    assert undone.undone_because == WHY
    assert undone.released_at is not None
    assert queries.standing_decision(application) is None


def test_reverse_tells_plainly_what_happened(rejected: Application) -> None:
    actions.reverse(rejected, reason=WHY, by=made.officer(), at=clock.now())

    (letter,) = letters_about(rejected, "reversal")
    assert "That decision was a mistake, and we are sorry." in letter.payload["body"]
    assert WHY in letter.payload["body"]


def test_reversed_twice_is_reversed_once(rejected: Application) -> None:
    for _press in range(2):
        actions.reverse(rejected, reason=WHY, by=made.officer(), at=clock.now())

    assert len(letters_about(rejected, "reversal")) == 1


def test_whoever_rejected_cannot_reverse_it(rejected: Application) -> None:
    author = rejected.decisions.get().by
    assert author is not None

    with pytest.raises(NeedsAnotherPerson):
        actions.reverse(rejected, reason=WHY, by=author, at=clock.now())

    assert made.fresh(rejected).state == State.REJECTED
    assert rejected.decisions.get().undone_at is None
    assert letters_about(rejected, "reversal") == []


def test_reverse_refuses_while_another_application_is_live(
    rejected: Application,
) -> None:
    made.submitted(rejected.run, rejected.person)

    with pytest.raises(AnotherIsLive, match="applied for this run again"):
        actions.reverse(rejected, reason=WHY, by=made.officer(), at=clock.now())

    assert made.fresh(rejected).state == State.REJECTED


def test_reverse_needs_a_reason(rejected: Application) -> None:
    with pytest.raises(ReasonsNeeded):
        actions.reverse(rejected, reason="  ", by=made.officer(), at=clock.now())

    assert made.fresh(rejected).state == State.REJECTED


def test_a_reversed_application_is_decided_anew_and_keeps_both_decisions(
    rejected: Application,
) -> None:
    staff, at = made.officer(), clock.now()
    actions.reverse(rejected, reason=WHY, by=staff, at=at)
    actions.stage_offer(rejected, reasons=["requirements_met"], by=staff, at=at)
    actions.release(rejected.run, by=staff, at=at)

    application = made.fresh(rejected)
    standing = queries.standing_decision(application)
    assert application.state == State.OFFERED
    assert standing is not None
    assert standing.outcome == "offer"
    assert application.decisions.count() == 2


@pytest.mark.parametrize("state", [State.OFFERED, State.SUBMITTED, State.WITHDRAWN])
def test_only_a_rejection_is_reversed(state: State) -> None:
    application = made.application_in(state)

    with pytest.raises((StepNotAllowed, NeedsAnotherPerson)):
        actions.reverse(application, reason=WHY, by=made.officer(), at=clock.now())

    assert made.fresh(application).state == state


# An offer that the university takes back --------------------------------------------


def test_withdraw_by_school_ends_an_offer_and_says_why() -> None:
    offered = made.application_in(State.OFFERED)

    for _press in range(2):
        actions.withdraw_by_school(
            offered, reason=WHY, by=made.officer(), at=clock.now()
        )

    (letter,) = letters_about(offered, "offer_withdrawn")
    assert made.fresh(offered).state == State.WITHDRAWN_BY_SCHOOL
    assert WHY in letter.payload["body"]
    assert offered.decisions.get().undone_because == WHY


def test_whoever_made_the_offer_cannot_take_it_back() -> None:
    offered = made.application_in(State.OFFERED)
    author = offered.decisions.get().by
    assert author is not None

    with pytest.raises(NeedsAnotherPerson):
        actions.withdraw_by_school(offered, reason=WHY, by=author, at=clock.now())

    assert made.fresh(offered).state == State.OFFERED


def test_a_place_that_was_held_with_the_offer_is_freed() -> None:
    run = run_with_places(1, admission_mode=AdmissionMode.INSTANT)
    offered = made.submitted(run)
    assert offered.state == State.OFFERED

    actions.withdraw_by_school(offered, reason=WHY, by=made.officer(), at=clock.now())

    assert made.fresh(offered).bundle is None
    assert {
        claim.state for claim in SeatClaim.objects.filter(person=offered.person)
    } == {"released"}
    assert Decision.objects.get().undone_because == WHY


def test_an_accepted_offer_is_not_taken_back() -> None:
    admitted = made.application_in(State.ADMITTED)

    with pytest.raises(StepNotAllowed):
        actions.withdraw_by_school(
            admitted, reason=WHY, by=made.officer(), at=clock.now()
        )

    assert made.fresh(admitted).state == State.ADMITTED
