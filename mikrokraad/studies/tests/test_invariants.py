"""Each invariant holds after everything that can happen, and is named when broken."""

from datetime import timedelta

import pytest
from django.db import connection

from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.core import clock
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import SeatClaim
from mikrokraad.studies import actions, invariants
from mikrokraad.studies.models import (
    CompletionDecision,
    Ending,
    Enrolment,
    Result,
    SectionPlace,
)
from mikrokraad.studies.rules import Money
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    found = list(invariants.broken(at=clock.now()))
    assert all(sentence for _code, sentence in found)
    return {code for code, _sentence in found}


def without_guards() -> None:
    """Take the triggers away, as somebody with the database password could."""
    statements = {
        "sqlite": [
            "DROP TRIGGER studies_result_no_UPDATE",
            "DROP TRIGGER studies_result_no_DELETE",
        ],
        "postgresql": ["DROP TRIGGER studies_result_append_only ON studies_result"],
    }
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture
def passed() -> Enrolment:
    return studies.confirmed(studies.enrolment(), "A", "C")


@pytest.fixture
def paying() -> Enrolment:
    """Somebody who came through every door and owes a fee."""
    return Enrolment.objects.get(application_id=admissions.enrolled().pk)


def test_a_sound_house_has_nothing_to_say(passed: Enrolment, paying: Enrolment) -> None:
    place = studies.places_of(passed)[1]
    teacher = place.section.teachers.get()
    actions.correct_result(place, "F", "added up", by=teacher, at=studies.AFTER)
    studies.confirmed(studies.enrolment(), "F", "F")
    for ends in ("B", ""):
        begun = studies.enrolment()
        actions.start_studies(begun, by=None, at=studies.MID_TERM)
        studies.confirmed(begun, *ends)
        actions.interrupt(begun, reason="work", by=None, at=studies.EXAM_WEEK)
    actions.cancel(paying, reason="moved", by=None, at=clock.now())

    assert broken() == set()
    assert set(invariants.CHECKED) == {"R1", "R3", "R4", "R5", "R6"}


@pytest.mark.parametrize("money", [Money.CREDITED, Money.KEPT])
def test_a_settled_ending_is_sound(paying: Enrolment, money: Money) -> None:
    finance = people.staff(Duty.FINANCE)
    actions.cancel(paying, reason="moved", by=None, at=clock.now())

    actions.settle_ending(
        Ending.objects.get(), money, note="notice", by=finance, at=clock.now()
    )

    assert broken() == set()


def test_r1_more_than_the_results_earn(passed: Enrolment) -> None:
    CompletionDecision.objects.update(passed_ects=30)

    assert broken() == {"R1"}


def test_r1_a_grade_that_nobody_confirmed(passed: Enrolment) -> None:
    decision = CompletionDecision.objects.get()
    decision.basis["courses"][0]["result"] = "of another life"
    decision.save()

    assert broken() == {"R1"}


def test_r1_a_decision_before_the_results() -> None:
    begun = studies.enrolment()
    actions.start_studies(begun, by=None, at=studies.MID_TERM)
    studies.confirmed(begun, "A")
    actions.interrupt(begun, reason="work", by=None, at=studies.EXAM_WEEK)
    without_guards()
    Result.objects.all().delete()

    assert broken() == {"R1"}


def test_r3_a_correction_of_something_else(passed: Enrolment) -> None:
    first, second = Result.objects.order_by("place__section__course__code")
    without_guards()
    Result.objects.filter(pk=second.pk).update(corrects=first, reason="why not")

    assert "R3" in broken()


def test_r3_a_correction_before_what_it_corrects(passed: Enrolment) -> None:
    place = studies.places_of(passed)[1]
    teacher = place.section.teachers.get()
    actions.correct_result(place, "B", "added up", by=teacher, at=studies.AFTER)
    without_guards()
    early = studies.EXAM_WEEK - timedelta(days=1)
    Result.objects.filter(corrects__isnull=False).update(confirmed_at=early)

    assert broken() == {"R3"}


def test_r3_a_grade_of_another_scale(passed: Enrolment) -> None:
    without_guards()
    Result.objects.filter(grade="C").update(scale="pass_fail")

    assert broken() == {"R3"}


def test_r4_no_place_in_a_required_section() -> None:
    studies.places_of(studies.enrolment())[0].delete()

    assert broken() == {"R4"}


def test_r4_a_place_without_a_seat() -> None:
    studies.enrolment()
    SectionPlace.objects.update(claim=None)

    assert broken() == {"R4"}


def test_r4_a_place_on_somebody_elses_seat() -> None:
    run = studies.taught_run(studies.lecturer())
    one, other = studies.enrolment(run), studies.enrolment(run, people.person("Jaan"))
    mine, theirs = studies.places_of(one)[0], studies.places_of(other)[0]
    SectionPlace.objects.filter(pk=mine.pk).update(claim=theirs.claim)

    assert broken() == {"R4"}


def test_r4_a_seat_that_was_released() -> None:
    enrolment = studies.enrolment()
    claim = studies.places_of(enrolment)[0].claim
    assert claim is not None
    SeatClaim.objects.filter(pk=claim.pk).update(
        state="released", released_at=clock.now(), release_reason="nobody knows"
    )

    assert broken() == {"R4"}


def test_r5_another_state_than_decided(passed: Enrolment) -> None:
    Enrolment.objects.update(state="partially_completed")

    assert broken() == {"R5"}


def test_r5_completed_without_a_decision(passed: Enrolment) -> None:
    CompletionDecision.objects.all().delete()

    assert broken() == {"R5"}


def test_r6_ended_without_a_case(paying: Enrolment) -> None:
    Enrolment.objects.update(state="cancelled")

    assert broken() == {"R6"}


def test_r6_ended_and_still_in_a_seat(paying: Enrolment) -> None:
    actions.cancel(paying, reason="moved", by=None, at=clock.now())
    bundle = seats.take_bundle(
        paying.run,
        paying.person,
        hold_until=clock.now() + timedelta(days=1),
        at=clock.now(),
    )

    seats.confirm_bundle(bundle, at=clock.now())

    assert broken() == {"R6"}


def test_r6_credited_in_words_alone(paying: Enrolment) -> None:
    actions.cancel(paying, reason="moved", by=None, at=clock.now())

    Ending.objects.update(
        money="credited",
        note="notice",
        decided_at=clock.now(),
        decided_by=people.staff(Duty.FINANCE),
    )

    assert broken() == {"R6"}
