"""Grades, results, corrections, and what is decided by them."""

import pytest
from django.db import DatabaseError, transaction

from mikrokraad.catalogue.models import ElectiveGroup
from mikrokraad.core import events
from mikrokraad.core.errors import Refusal
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.studies import actions, clocks, queries, rules
from mikrokraad.studies.events import (
    CompletionDecided,
    ResultCorrected,
    ResultsConfirmed,
)
from mikrokraad.studies.models import CompletionDecision, Result
from mikrokraad.studies.rules import Earned, EnrolmentState
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every event of studies, as it is published."""
    heard: list[object] = []
    known = events._reactions  # noqa: SLF001 -- to listen for one test
    for kind in (ResultsConfirmed, CompletionDecided, ResultCorrected):
        monkeypatch.setitem(known, kind, [heard.append, *known[kind]])
    return heard


def test_an_entered_grade_is_no_result_yet() -> None:
    place = studies.places_of(studies.enrolment())[0]
    teacher = place.section.teachers.get()

    actions.enter_grade(place, "B", by=teacher, at=studies.EXAM_WEEK)

    place.refresh_from_db()
    assert (place.entered_grade, place.entered_by) == ("B", teacher)
    assert not Result.objects.exists()


def test_an_entered_grade_can_be_changed_and_cleared() -> None:
    place = studies.places_of(studies.enrolment())[0]
    teacher = place.section.teachers.get()

    for grade in ("B", "B", "C", ""):
        actions.enter_grade(place, grade, by=teacher, at=studies.EXAM_WEEK)

    place.refresh_from_db()
    assert place.entered_grade == ""
    entered = RegisterEntry.objects.filter(verb="studies.grade.entered").order_by("pk")
    assert [entry.facts["grade"] for entry in entered] == ["B", "C", ""]


def test_a_lecturer_of_another_section_enters_and_confirms_nothing() -> None:
    place = studies.places_of(studies.enrolment())[0]
    rival = studies.lecturer("Rein")

    with pytest.raises(rules.NotYourSection):
        actions.enter_grade(place, "B", by=rival, at=studies.EXAM_WEEK)
    with pytest.raises(rules.NotYourSection):
        actions.confirm_results(place.section, by=rival, at=studies.EXAM_WEEK)
    with pytest.raises(rules.NotYourSection):
        actions.correct_result(place, "B", "why", by=rival, at=studies.EXAM_WEEK)

    place.refresh_from_db()
    assert place.entered_grade == ""


def test_a_grade_of_another_scale_is_refused() -> None:
    place = studies.places_of(studies.enrolment())[0]

    with pytest.raises(rules.GradeNotOnScale, match="A, excellent"):
        actions.enter_grade(
            place, "pass", by=place.section.teachers.get(), at=studies.EXAM_WEEK
        )


def test_nothing_is_entered_for_who_has_left() -> None:
    enrolment = studies.enrolment()
    actions.interrupt(enrolment, reason="work", by=None, at=studies.MID_TERM)
    place = studies.places_of(enrolment)[0]

    with pytest.raises(rules.StudiesHaveEnded):
        actions.enter_grade(
            place, "A", by=place.section.teachers.get(), at=studies.EXAM_WEEK
        )
    assert queries.section_list(place.section) == []


def test_confirming_twice_is_once(told: list[object]) -> None:
    enrolment = studies.enrolment()
    place = studies.places_of(enrolment)[0]
    teacher = place.section.teachers.get()
    actions.enter_grade(place, "B", by=teacher, at=studies.EXAM_WEEK)

    first = actions.confirm_results(place.section, by=teacher, at=studies.EXAM_WEEK)
    second = actions.confirm_results(place.section, by=teacher, at=studies.AFTER)

    assert (first, second) == (1, 0)
    assert Result.objects.get().confirmed_at == studies.EXAM_WEEK
    assert told == [ResultsConfirmed(place.section_id, studies.EXAM_WEEK)]


def test_a_confirmed_grade_cannot_be_entered_again() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "B")
    place = studies.places_of(enrolment)[0]

    with pytest.raises(rules.AlreadyConfirmed, match="say why"):
        actions.enter_grade(
            place, "A", by=place.section.teachers.get(), at=studies.EXAM_WEEK
        )


@pytest.mark.parametrize(
    ("grades", "earned", "ects", "state"),
    [
        ("AB", Earned.CERTIFICATE, 12, EnrolmentState.COMPLETED),
        ("AF", Earned.STATEMENT, 6, EnrolmentState.PARTIALLY_COMPLETED),
        ("FF", Earned.NOTHING, 0, EnrolmentState.INTERRUPTED),
    ],
)
def test_the_last_confirmed_result_decides(
    told: list[object], grades: str, earned: Earned, ects: int, state: EnrolmentState
) -> None:
    enrolment = studies.confirmed(studies.enrolment(), *grades)

    decision = CompletionDecision.objects.get()
    assert (decision.earned, decision.passed_ects) == (earned, ects)
    assert enrolment.state == state
    assert told[-1] == CompletionDecided(decision.pk, studies.EXAM_WEEK)
    assert [each["grade"] for each in decision.basis["courses"]] == list(grades)
    assert [each["passed"] for each in decision.basis["outcomes"]] == (
        [earned == Earned.CERTIFICATE] * 3
    )


def test_a_decision_waits_for_every_result() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A")

    with pytest.raises(rules.ResultsMissing):
        actions.decide_completion(enrolment, by=None, at=studies.AFTER)

    assert clocks.tick(at=studies.EXAM_WEEK) == ["1 learners began their studies."]
    assert not CompletionDecision.objects.exists()


def test_a_decision_is_made_once() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "A")

    decision = actions.decide_completion(enrolment, by=None, at=studies.AFTER)

    assert decision == CompletionDecision.objects.get()
    assert decision.decided_at == studies.EXAM_WEEK


def test_too_few_electives_wait_until_the_run_is_over() -> None:
    run = studies.taught_run(studies.lecturer())
    ElectiveGroup.objects.create(version=run.version, key="A", min_ects=6)
    enrolment = studies.confirmed(studies.enrolment(run), "A", "A")
    assert enrolment.state == EnrolmentState.REGISTERED

    done = clocks.tick(at=studies.AFTER)

    assert done == ["1 learners began their studies.", "1 completions decided."]
    assert CompletionDecision.objects.get().earned == Earned.STATEMENT


def test_correct_result_adds_a_row_and_decides_again(told: list[object]) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "F")
    place = studies.places_of(enrolment)[1]
    teacher = place.section.teachers.get()

    made = actions.correct_result(
        place, "D", "the retake was not counted", by=teacher, at=studies.AFTER
    )

    decision = CompletionDecision.objects.get()
    enrolment.refresh_from_db()
    assert made.corrects is not None
    assert made.corrects.grade == "F"
    assert (decision.earned, decision.passed_ects) == (Earned.CERTIFICATE, 12)
    assert enrolment.state == EnrolmentState.COMPLETED
    assert told[-2:] == [
        CompletionDecided(decision.pk, studies.AFTER),
        ResultCorrected(enrolment.pk, studies.AFTER),
    ]
    entry = RegisterEntry.objects.get(verb="studies.completion.decided_again")
    assert entry.facts["before"]["earned"] == "statement"


def test_a_second_correction_starts_from_the_first() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "F")
    place = studies.places_of(enrolment)[1]
    teacher = place.section.teachers.get()
    actions.correct_result(place, "D", "retake", by=teacher, at=studies.AFTER)

    actions.correct_result(place, "C", "added up wrongly", by=teacher, at=studies.AFTER)

    assert queries.result_of(place).grade == "C"  # type: ignore[union-attr]
    assert place.results.count() == 3


@pytest.mark.parametrize(
    ("grade", "reason", "refusal"),
    [
        ("F", "typing mistake", rules.SameGrade),
        ("A", " ", rules.ReasonMissing),
        ("pass", "typing mistake", rules.GradeNotOnScale),
    ],
)
def test_corrections_that_are_refused_change_nothing(
    grade: str, reason: str, refusal: type[Refusal]
) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "F")
    place = studies.places_of(enrolment)[1]

    with pytest.raises(refusal):
        actions.correct_result(
            place, grade, reason, by=place.section.teachers.get(), at=studies.AFTER
        )

    assert place.results.count() == 1
    assert CompletionDecision.objects.get().decided_at == studies.EXAM_WEEK


def test_only_a_confirmed_result_is_corrected() -> None:
    place = studies.places_of(studies.enrolment())[0]

    with pytest.raises(rules.NotYetConfirmed):
        actions.correct_result(
            place, "A", "why", by=place.section.teachers.get(), at=studies.AFTER
        )


def test_a_correction_leaves_interrupted_studies_interrupted() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "F")
    actions.interrupt(enrolment, reason="work", by=None, at=studies.EXAM_WEEK)
    place = studies.places_of(enrolment)[0]

    actions.correct_result(
        place, "C", "retake", by=place.section.teachers.get(), at=studies.AFTER
    )

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.INTERRUPTED
    assert CompletionDecision.objects.get().earned == Earned.STATEMENT


def test_who_studies_a_section_twice_is_listed_and_graded_once() -> None:
    teacher = studies.lecturer()
    run, other = studies.taught_run(teacher), studies.taught_run(teacher)
    shared = studies.sections_of(run)[0]
    other.run_sections.update_or_create(section=shared)
    learner = people.person()
    studies.enrolment(run, learner)
    studies.enrolment(other, learner)
    (listed,) = queries.section_list(shared)

    actions.enter_grade(listed, "B", by=teacher, at=studies.EXAM_WEEK)
    confirmed = actions.confirm_results(shared, by=teacher, at=studies.EXAM_WEEK)
    actions.correct_result(listed, "A", "added up", by=teacher, at=studies.AFTER)

    assert confirmed == 1
    grades = Result.objects.order_by("confirmed_at").values_list("grade", flat=True)
    assert list(grades) == ["B", "B", "A", "A"]


def test_results_refuse_to_be_changed_or_deleted() -> None:
    studies.confirmed(studies.enrolment(), "A")

    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.update(grade="F")
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.all().delete()

    assert Result.objects.get().grade == "A"


def test_ended_studies_cannot_be_decided_later() -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "A")
    CompletionDecision.objects.all().delete()

    with pytest.raises(StepNotAllowed):
        actions.decide_completion(enrolment, by=None, at=studies.AFTER)
