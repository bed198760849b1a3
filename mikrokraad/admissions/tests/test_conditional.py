"""Offers with conditions: held, seen to by people, ended by people alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions, clocks, invariants, queries
from mikrokraad.admissions.models import Application, Condition, Evidence
from mikrokraad.admissions.rules import (
    Asks,
    DayHasPassed,
    FileNotAccepted,
    NotOverYet,
    State,
)
from mikrokraad.admissions.tests import factories as made
from mikrokraad.core import clock
from mikrokraad.core.calendar import end_of
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import SeatClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending() -> Application:
    return made.conditional()


def unmet(application: Application) -> list[Condition]:
    return list(queries.unmet_conditions(application))


def letters(application: Application, kind: str) -> list[OutboxMessage]:
    return list(
        OutboxMessage.objects.filter(key__startswith=f"letter:{kind}:{application.pk}")
    )


def meet(condition: Condition) -> Application:
    return actions.meet_condition(condition, by=made.officer(), at=clock.now())


def test_accepting_a_conditional_offer_holds_the_place_and_asks_no_fee_yet(
    pending: Application,
) -> None:
    (letter,) = letters(pending, "conditions")

    assert pending.state == State.CONDITIONS_PENDING
    assert pending.bundle is not None
    assert pending.agreement is None
    assert pending.move_by == end_of(clock.today() + timedelta(days=10))
    assert "Finish your studies." in letter.payload["body"]
    assert list(invariants.broken(at=clock.now())) == []


def test_the_offer_letter_names_the_conditions(pending: Application) -> None:
    (letter,) = letters(pending, "offer")

    assert "- Show the diploma. (by 14 December 2026)" in letter.payload["body"]


def test_the_last_condition_that_is_met_admits(pending: Application) -> None:
    first, last = unmet(pending)

    assert meet(first).state == State.CONDITIONS_PENDING
    assert made.fresh(pending).move_by == end_of(last.due_on)
    meet(last)

    application = made.fresh(pending)
    assert application.state in (State.ADMITTED, State.ENROLLED)
    assert application.agreement is not None
    assert len(letters(pending, "conditions_met")) == 1


def test_met_twice_is_met_once(pending: Application) -> None:
    first, last = unmet(pending)
    for each in (first, first, last, last):
        meet(each)

    assert len(letters(pending, "conditions_met")) == 1


def test_accepted_twice_is_accepted_once(pending: Application) -> None:
    again = actions.accept_offer(pending, by=pending.person, at=clock.now())

    assert again.state == State.CONDITIONS_PENDING
    assert len(letters(pending, "conditions")) == 1


def test_no_clock_ends_a_conditional_place(pending: Application) -> None:
    at = clock.now()
    for _day in range(60):
        at += timedelta(days=1)
        seats.expire_holds(at=at)
        clocks.tick(at=at)

    application = made.fresh(pending)
    held = SeatClaim.objects.filter(person=pending.person, state="held")
    assert application.state == State.CONDITIONS_PENDING
    assert held.exists()


def test_staff_end_it_once_its_day_has_passed(pending: Application) -> None:
    staff, over = made.officer(), pending.move_by
    assert over is not None
    with pytest.raises(NotOverYet):
        actions.end_unmet(pending, by=staff, at=over - timedelta(seconds=1))
    assert made.fresh(pending).state == State.CONDITIONS_PENDING

    for _press in range(2):
        actions.end_unmet(pending, by=staff, at=over)

    (letter,) = letters(pending, "conditions_not_met")
    assert made.fresh(pending).state == State.LAPSED
    assert made.fresh(pending).bundle is None
    assert "Show the diploma." in letter.payload["body"]


def test_a_condition_of_a_place_that_has_ended_is_not_met(
    pending: Application,
) -> None:
    first, _last = unmet(pending)
    actions.withdraw(pending, by=pending.person, at=clock.now())

    with pytest.raises(StepNotAllowed):
        meet(first)

    first.refresh_from_db()
    assert first.met_at is None


def test_a_condition_whose_day_has_passed_cannot_be_set() -> None:
    case = made.under_review()
    asks = Asks({"en": "Be early."}, clock.today() - timedelta(days=1))

    with pytest.raises(DayHasPassed):
        actions.stage_offer(
            case,
            reasons=["requirements_met"],
            conditions=[asks],
            by=made.officer(),
            at=clock.now(),
        )

    assert made.fresh(case).state == State.UNDER_REVIEW
    assert Condition.objects.count() == 0


# Pages --------------------------------------------------------------------------


def test_the_applicant_adds_the_file_and_staff_see_it_beside_the_condition(
    client: Client, pending: Application
) -> None:
    _first, shown = unmet(pending)
    sign_in(client, pending.person)
    address = reverse("admissions:condition", args=[shown.pk])
    own = client.get(pending.get_absolute_url()).content.decode()
    client.post(address, {"file": made.pdf("diploma.pdf")})

    sign_in(client, made.officer(), strong=True)
    case = client.get(
        reverse("office:admissions_application", args=[pending.pk])
    ).content.decode()
    assert address in own
    assert Evidence.objects.get().requirement == shown.key
    assert "diploma.pdf" in case
    assert "It is met" in case
    assert list(invariants.broken(at=clock.now())) == []


def test_somebody_else_finds_no_condition(client: Client, pending: Application) -> None:
    _first, shown = unmet(pending)
    sign_in(client, person("Rita"))

    answer = client.post(
        reverse("admissions:condition", args=[shown.pk]), {"file": made.pdf()}
    )

    assert answer.status_code == 404
    assert Evidence.objects.count() == 0


def test_no_file_is_added_to_what_is_no_condition(pending: Application) -> None:
    with pytest.raises((StepNotAllowed, FileNotAccepted)):
        actions.attach_evidence(
            pending, "education", made.pdf(), by=pending.person, at=clock.now()
        )

    assert Evidence.objects.count() == 0


def test_the_offer_form_takes_conditions_in_both_languages(client: Client) -> None:
    case = made.under_review()
    sign_in(client, made.officer(), strong=True)
    address = reverse("office:admissions_offer", args=[case.pk])
    half = {
        "reasons": ["requirements_met"],
        "condition_1_en": "Show the diploma.",
        "condition_1_due": "2026-12-10",
    }

    refused = client.post(address, half).content.decode()
    client.post(address, {**half, "condition_1_et": "Näita diplomit."})

    asked = Condition.objects.get()
    assert "Say this of the condition too." in refused
    assert asked.text == {"et": "Näita diplomit.", "en": "Show the diploma."}
    assert made.fresh(case).state == State.OFFER_STAGED
