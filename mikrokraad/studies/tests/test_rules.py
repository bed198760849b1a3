import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue.rules import Grading
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.studies import rules
from mikrokraad.studies.rules import (
    ENDS,
    GRADES,
    LADDER,
    PASSED,
    CourseResult,
    Earned,
    EnrolmentState,
    Grade,
    Mover,
    Step,
    all_assessed,
    complete,
)

GRADED = st.sampled_from(["", *Grade.values])
COURSES = st.lists(
    st.builds(
        CourseResult,
        course=st.integers(1, 6),
        ects=st.integers(1, 12),
        grade=GRADED,
        group=st.sampled_from(["", "A", "B"]),
    ),
    max_size=6,
    unique_by=lambda each: each.course,
)
ELECTIVES = st.dictionaries(st.sampled_from(["A", "B"]), st.integers(0, 20))


@pytest.mark.parametrize("state", EnrolmentState)
def test_every_state_says_what_it_means(state: EnrolmentState) -> None:
    means = LADDER.flags[state]

    assert means.live == (means.mover != Mover.NOBODY)
    assert means.live != means.terminal


def test_every_state_can_be_reached() -> None:
    reached = {EnrolmentState.REGISTERED, *LADDER.steps.values()}

    assert reached == set(EnrolmentState)


@pytest.mark.parametrize("state", EnrolmentState)
@pytest.mark.parametrize("step", Step)
def test_only_steps_of_the_ladder_are_possible(
    state: EnrolmentState, step: Step
) -> None:
    if LADDER.allows(state, step):
        assert LADDER.after(state, step) in EnrolmentState
    else:
        with pytest.raises(StepNotAllowed):
            LADDER.after(state, step)


# Two required courses, and an elective group in which 6 ECTS of two courses of 6 are
# needed: whether each was passed -> what is earned.
DECISIONS = {
    # required 1, required 2, elective 1, elective 2
    (True, True, True, True): (Earned.CERTIFICATE, 24),
    (True, True, True, False): (Earned.CERTIFICATE, 18),
    (True, True, False, True): (Earned.CERTIFICATE, 18),
    (True, True, False, False): (Earned.STATEMENT, 12),
    (True, False, True, True): (Earned.STATEMENT, 18),
    (True, False, True, False): (Earned.STATEMENT, 12),
    (True, False, False, True): (Earned.STATEMENT, 12),
    (True, False, False, False): (Earned.STATEMENT, 6),
    (False, True, True, True): (Earned.STATEMENT, 18),
    (False, True, True, False): (Earned.STATEMENT, 12),
    (False, True, False, True): (Earned.STATEMENT, 12),
    (False, True, False, False): (Earned.STATEMENT, 6),
    (False, False, True, True): (Earned.STATEMENT, 12),
    (False, False, True, False): (Earned.STATEMENT, 6),
    (False, False, False, True): (Earned.STATEMENT, 6),
    (False, False, False, False): (Earned.NOTHING, 0),
}


@pytest.mark.parametrize(("passed", "decision"), DECISIONS.items(), ids=str)
@pytest.mark.parametrize("fail", ["F", "not_present"])
def test_completion_of_every_combination(
    passed: tuple[bool, ...], decision: tuple[Earned, int], fail: str
) -> None:
    courses = [
        CourseResult(n, 6, "C" if ok else fail, "A" if n > 2 else "")
        for n, ok in enumerate(passed, start=1)
    ]

    completion = complete(courses, {"A": 6})

    assert (completion.earned, completion.passed_ects) == decision
    assert completion.passed == {n for n, ok in enumerate(passed, start=1) if ok}


@pytest.mark.parametrize("grade", Grade)
def test_a_single_course_is_earned_by_a_passing_grade_only(grade: Grade) -> None:
    earned = complete([CourseResult(1, 6, grade)], {}).earned

    expected = {
        "A": Earned.CERTIFICATE,
        "B": Earned.CERTIFICATE,
        "C": Earned.CERTIFICATE,
        "D": Earned.CERTIFICATE,
        "E": Earned.CERTIFICATE,
        "F": Earned.NOTHING,
        "pass": Earned.CERTIFICATE,
        "fail": Earned.NOTHING,
        "not_present": Earned.NOTHING,
    }
    assert earned == expected[grade]


@given(COURSES, ELECTIVES)
def test_passed_credits_are_those_of_passed_courses(
    courses: list[CourseResult], electives: dict[str, int]
) -> None:
    completion = complete(courses, electives)

    assert completion.passed_ects == sum(e.ects for e in courses if e.grade in PASSED)
    assert (completion.earned == Earned.NOTHING) == (completion.passed_ects == 0)


@given(COURSES, ELECTIVES, st.integers(0, 5))
def test_passing_one_more_course_never_earns_less(
    courses: list[CourseResult], electives: dict[str, int], which: int
) -> None:
    rank = [Earned.NOTHING, Earned.STATEMENT, Earned.CERTIFICATE]
    better = [
        CourseResult(e.course, e.ects, "A", e.group) if n == which else e
        for n, e in enumerate(courses)
    ]

    before, after = complete(courses, electives), complete(better, electives)

    assert rank.index(after.earned) >= rank.index(before.earned)
    assert after.passed_ects >= before.passed_ects


@given(COURSES, ELECTIVES, st.randoms())
def test_the_order_of_courses_does_not_matter(
    courses: list[CourseResult], electives: dict[str, int], chance: object
) -> None:
    mixed = courses[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert complete(mixed, electives) == complete(courses, electives)


@given(COURSES, ELECTIVES)
def test_a_certificate_means_that_nothing_needed_is_missing(
    courses: list[CourseResult], electives: dict[str, int]
) -> None:
    if complete(courses, electives).earned != Earned.CERTIFICATE:
        return

    assert all(e.passed for e in courses if not e.group)
    for group, least in electives.items():
        assert sum(e.ects for e in courses if e.group == group and e.passed) >= least


@pytest.mark.parametrize(
    ("grades", "elective_ects", "ended", "ready"),
    [
        ([], 0, True, False),
        (["A", ""], 0, True, False),
        (["A", "F"], 0, False, True),
        (["A", "not_present"], 0, False, True),
        (["A", "A"], 6, False, False),
        (["A", "A"], 6, True, True),
    ],
)
def test_it_is_decided_once_everything_taken_is_assessed(
    grades: list[str], elective_ects: int, *, ended: bool, ready: bool
) -> None:
    taken = [CourseResult(n, 6, grade) for n, grade in enumerate(grades)]
    electives = {"A": elective_ects} if elective_ects else {}

    assert all_assessed(taken, electives, run_has_ended=ended) == ready


@pytest.mark.parametrize("grading", Grading)
@pytest.mark.parametrize("grade", Grade)
def test_a_grade_has_to_be_on_the_courses_scale(grading: Grading, grade: Grade) -> None:
    if grade in GRADES[grading]:
        assert rules.require_on_scale(grade, grading) == grade
    else:
        with pytest.raises(rules.GradeNotOnScale, match="no such grade"):
            rules.require_on_scale(grade, grading)


def test_a_reason_is_more_than_spaces() -> None:
    assert rules.require_reason(" typing mistake ") == "typing mistake"
    with pytest.raises(rules.ReasonMissing, match="Say why"):
        rules.require_reason("  ")


def test_every_earning_ends_studies() -> None:
    assert set(ENDS) == set(Earned)
