"""Each invariant, broken on purpose past the doors, is seen and named."""

import pytest
from django.db import connection
from pytest_django import Settings

from mikrokraad.admissions import actions, invariants
from mikrokraad.admissions.clocks import tick
from mikrokraad.admissions.models import Application, Decision
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.tests.factories import with_application_fee
from mikrokraad.people.register import record
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    found = list(invariants.broken(at=clock.now()))
    assert all(sentence for _code, sentence in found)
    return {code for code, _sentence in found}


def overwrite(application: Application, **facts: object) -> None:
    Application.objects.filter(pk=application.pk).update(**facts)


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_sound(state: State) -> None:
    if state not in (
        State.CONDITIONS_PENDING,
        State.DEFERRED,
        State.WITHDRAWN_BY_SCHOOL,
    ):
        made.application_in(state)

    assert broken() == set()


def test_a1_a_place_that_is_missing() -> None:
    overwrite(made.admitted(), bundle=None)

    assert broken() == {"A1"}


def test_a1_a_place_that_should_not_be_there() -> None:
    overwrite(made.admitted(), state=State.LAPSED)

    assert broken() == {"A1"}


def test_a1_a_freed_place_that_is_not_held() -> None:
    overwrite(made.released(), seat_from_waitlist=True)

    assert broken() == {"A1"}


def test_a1_a_place_that_was_released_behind_ones_back() -> None:
    made.admitted()
    SeatClaim.objects.update(
        state="released", released_at=clock.now(), release_reason="nobody knows"
    )

    assert broken() == {"A1"}


def test_a2_reasons_that_are_not_known() -> None:
    made.released()
    Decision.objects.update(reasons=["because"])

    assert broken() == {"A2"}


def test_a2_a_staged_decision_that_was_told() -> None:
    application = made.staged()
    decision = application.decisions.get()
    OutboxMessage.objects.create(
        kind="letter",
        key=f"letter:offer:{application.pk}:{decision.pk}",
        payload={},
        created_at=clock.now(),
        due_at=clock.now(),
    )

    assert broken() == {"A2"}


def test_a2_a_staged_decision_left_behind() -> None:
    overwrite(made.staged(), state=State.UNDER_REVIEW)

    assert broken() == {"A2"}


def test_a2_two_decisions_released() -> None:
    first = made.released().decisions.get()
    Decision.objects.create(
        application=first.application,
        outcome=first.outcome,
        reasons=first.reasons,
        staged_at=first.staged_at,
        released_at=first.released_at,
    )

    assert broken() == {"A2"}


def test_a3_a_verdict_that_is_gone() -> None:
    overwrite(made.submitted(), verdict={})

    assert broken() == {"A3"}


def test_a3_answers_saved_after_sending() -> None:
    application = made.submitted()
    record(
        "application: save",
        application,
        by=None,
        at=clock.now() + (clock.now() - application.run.opens_at),
    )

    assert broken() == {"A3"}


def test_a4_answers_that_no_longer_give_the_verdict() -> None:
    overwrite(made.submitted(), education="basic")

    assert broken() == {"A4"}


def test_a6_a_move_without_a_day() -> None:
    overwrite(made.under_review(), move_by=None)

    assert broken() == {"A6"}


def test_a7_read_before_the_application_fee_came() -> None:
    overwrite(made.fee_due(), state=State.UNDER_REVIEW)

    assert broken() == {"A7"}


def test_a7_paid_and_still_not_read() -> None:
    run = with_application_fee(run_with_places(2))
    overwrite(made.fee_due_and_paid(run), state=State.FEE_DUE)

    assert broken() == {"A7"}


def test_a7_waiting_for_a_fee_that_nobody_asked() -> None:
    overwrite(made.submitted(), state=State.FEE_DUE)

    assert broken() == {"A7"}


def test_the_clocks_act_once_and_have_switches(settings: Settings) -> None:
    ends = made.released().move_by
    assert ends is not None

    settings.OFFERS_LAPSE = False
    assert tick(at=ends) == []
    settings.OFFERS_LAPSE = True
    assert tick(at=ends) == ["1 offers lapsed."]
    assert tick(at=ends) == []


def test_who_still_waits_when_studies_begin_is_told() -> None:
    application = made.waitlisted()
    begins = application.move_by
    assert begins is not None

    assert actions.lapse_waiting(at=begins) == 1
    assert actions.lapse_waiting(at=begins) == 0

    assert made.fresh(application).state == State.LAPSED
    assert OutboxMessage.objects.filter(key__contains="waiting_ended").count() == 1


def test_a5_two_live_applications_for_one_run() -> None:
    application = made.under_review()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_live_application_per_person_and_run")

    again = made.submitted(by=application.person)
    overwrite(again, run=application.run, version=application.version)

    assert "A5" in broken()
