"""From a confirmed place to studies: enrolling, starting, ending."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import queries as seats
from mikrokraad.studies import actions, clocks, rules
from mikrokraad.studies.models import CompletionDecision, Enrolment
from mikrokraad.studies.rules import Earned, EnrolmentState
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2027, 2, 7, 22, 0, tzinfo=UTC)  # midnight in Tallinn


def test_open_enrolment_gives_a_place_in_each_required_section() -> None:
    enrolment = studies.enrolment()

    places = studies.places_of(enrolment)
    assert enrolment.state == EnrolmentState.REGISTERED
    assert [place.section for place in places] == studies.sections_of(enrolment.run)
    assert {place.claim.state for place in places if place.claim} == {"confirmed"}
    assert len(enrolment.calendar_token) == 43


def test_open_enrolment_told_twice_is_one_enrolment() -> None:
    run = studies.taught_run(studies.lecturer())
    event = ApplicantEnrolled(
        uuid4(), people.person().pk, run.pk, uuid4(), studies.ENROLLED
    )

    first, second = actions.open_enrolment(event), actions.open_enrolment(event)

    assert first == second
    assert Enrolment.objects.count() == 1


def test_one_section_for_two_programmes_is_one_claim_and_two_places() -> None:
    mari = studies.lecturer()
    run, other = studies.taught_run(mari), studies.taught_run(mari)
    shared = studies.sections_of(run)[0]
    other.run_sections.update_or_create(section=shared)
    learner = people.person()

    first, second = studies.enrolment(run, learner), studies.enrolment(other, learner)

    claims = {
        place.claim_id
        for each in (first, second)
        for place in studies.places_of(each)
        if place.section == shared
    }
    assert len(claims) == 1
    assert None not in claims


def test_studies_start_on_the_first_day_of_the_run_and_once() -> None:
    enrolment = studies.enrolment()

    assert clocks.tick(at=FIRST_DAY.replace(hour=21, minute=59)) == []
    assert clocks.tick(at=FIRST_DAY) == ["1 learners began their studies."]
    assert clocks.tick(at=FIRST_DAY) == []

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ACTIVE
    started = RegisterEntry.objects.filter(verb="studies.enrolment.start")
    assert [entry.by for entry in started] == [None]


def test_interrupt_without_a_result_earns_nothing() -> None:
    enrolment = studies.enrolment()

    actions.interrupt(enrolment, reason="moved away", by=None, at=studies.MID_TERM)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.INTERRUPTED
    assert not CompletionDecision.objects.exists()


def test_interrupt_after_a_passed_course_earns_a_statement() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "B")

    actions.interrupt(enrolment, reason="moved away", by=None, at=studies.EXAM_WEEK)

    decision = CompletionDecision.objects.get()
    assert (decision.earned, decision.passed_ects) == (Earned.STATEMENT, 6)


def test_interrupt_needs_a_reason_and_happens_once() -> None:
    enrolment = studies.enrolment()

    with pytest.raises(rules.ReasonMissing):
        actions.interrupt(enrolment, reason=" ", by=None, at=studies.MID_TERM)
    actions.interrupt(enrolment, reason="work", by=None, at=studies.MID_TERM)
    with pytest.raises(StepNotAllowed):
        actions.interrupt(enrolment, reason="work", by=None, at=studies.MID_TERM)

    ended = RegisterEntry.objects.filter(verb="studies.enrolment.interrupt")
    assert [entry.facts["reason"] for entry in ended] == ["work"]


def test_cancel_before_the_start_gives_the_places_back() -> None:
    enrolment = studies.enrolment()
    run = enrolment.run

    actions.cancel(enrolment, reason="ill", by=None, at=studies.ENROLLED)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.CANCELLED
    places = seats.places_left([run], at=studies.ENROLLED)[run.pk]
    assert (places.taken, places.left) == (0, 20)


def test_cancel_after_the_start_changes_nothing() -> None:
    enrolment = studies.enrolment()
    clocks.tick(at=FIRST_DAY)

    with pytest.raises(StepNotAllowed):
        actions.cancel(enrolment, reason="ill", by=None, at=studies.MID_TERM)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ACTIVE
    assert (
        seats.places_left([enrolment.run], at=studies.MID_TERM)[enrolment.run_id].taken
        == 1
    )
