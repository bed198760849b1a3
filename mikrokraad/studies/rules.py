"""Study rules: grades, the ladder of an enrolment, and what was earned. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.rules import Grading
from mikrokraad.core.errors import Refusal
from mikrokraad.core.ladders import Ladder


class EnrolmentState(models.TextChoices):
    REGISTERED = "registered", _("registered")
    ACTIVE = "active", _("studying")
    COMPLETED = "completed", _("completed")
    PARTIALLY_COMPLETED = "partially_completed", _("partly completed")
    INTERRUPTED = "interrupted", _("interrupted")
    CANCELLED = "cancelled", _("cancelled")


class Step(StrEnum):
    START = "start"
    COMPLETE = "complete"
    COMPLETE_IN_PART = "complete_in_part"
    END_WITHOUT = "end_without"  # everything was assessed and nothing passed
    INTERRUPT = "interrupt"
    CANCEL = "cancel"
    REOPEN = "reopen"  # a result was corrected; decided again at once


class Mover(StrEnum):
    """Whose move it is."""

    LEARNER = "learner"
    LECTURER = "lecturer"
    NOBODY = "nobody"


class MoveBy(StrEnum):
    """By when: which date of the run limits the state."""

    RUN_START = "run_start"
    RUN_END = "run_end"
    NONE = "none"


@dataclass(frozen=True)
class Means:
    """What a state means. `live`: the learner is still in class and gets results."""

    mover: Mover
    by: MoveBy
    live: bool = False
    terminal: bool = False


LADDER: Ladder[EnrolmentState, Step, Means] = Ladder(
    steps={
        (EnrolmentState.REGISTERED, Step.START): EnrolmentState.ACTIVE,
        (EnrolmentState.REGISTERED, Step.CANCEL): EnrolmentState.CANCELLED,
        (EnrolmentState.REGISTERED, Step.INTERRUPT): EnrolmentState.INTERRUPTED,
        (EnrolmentState.ACTIVE, Step.COMPLETE): EnrolmentState.COMPLETED,
        (
            EnrolmentState.ACTIVE,
            Step.COMPLETE_IN_PART,
        ): EnrolmentState.PARTIALLY_COMPLETED,
        (EnrolmentState.ACTIVE, Step.END_WITHOUT): EnrolmentState.INTERRUPTED,
        (EnrolmentState.ACTIVE, Step.INTERRUPT): EnrolmentState.INTERRUPTED,
        (EnrolmentState.COMPLETED, Step.REOPEN): EnrolmentState.ACTIVE,
        (EnrolmentState.PARTIALLY_COMPLETED, Step.REOPEN): EnrolmentState.ACTIVE,
        (EnrolmentState.INTERRUPTED, Step.REOPEN): EnrolmentState.ACTIVE,
    },
    flags={
        EnrolmentState.REGISTERED: Means(Mover.LEARNER, MoveBy.RUN_START, live=True),
        EnrolmentState.ACTIVE: Means(Mover.LECTURER, MoveBy.RUN_END, live=True),
        EnrolmentState.COMPLETED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
        EnrolmentState.PARTIALLY_COMPLETED: Means(
            Mover.NOBODY, MoveBy.NONE, terminal=True
        ),
        EnrolmentState.INTERRUPTED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
        EnrolmentState.CANCELLED: Means(Mover.NOBODY, MoveBy.NONE, terminal=True),
    },
)
LIVE: list[EnrolmentState] = LADDER.where("live")


class Grade(models.TextChoices):
    A = "A", _("A, excellent")
    B = "B", _("B, very good")
    C = "C", _("C, good")
    D = "D", _("D, satisfactory")
    E = "E", _("E, sufficient")
    F = "F", _("F, fail")
    PASS = "pass", _("pass")
    FAIL = "fail", _("fail")
    NOT_PRESENT = "not_present", _("not present")


class Earned(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate")
    STATEMENT = "statement", _("statement of results")
    NOTHING = "nothing", _("nothing")


class Money(models.TextChoices):
    """What becomes of the money when studies end early."""

    NOTHING_OWED = "nothing_owed", _("nothing was invoiced")
    CREDITED = "credited", _("credit the invoice")
    KEPT = "kept", _("keep the invoice as it is")


PASSED = frozenset({Grade.A, Grade.B, Grade.C, Grade.D, Grade.E, Grade.PASS})
GRADES: dict[Grading, tuple[Grade, ...]] = {
    Grading.LETTERS: (
        Grade.A,
        Grade.B,
        Grade.C,
        Grade.D,
        Grade.E,
        Grade.F,
        Grade.NOT_PRESENT,
    ),
    Grading.PASS_FAIL: (Grade.PASS, Grade.FAIL, Grade.NOT_PRESENT),
}
ENDS: dict[Earned, Step] = {
    Earned.CERTIFICATE: Step.COMPLETE,
    Earned.STATEMENT: Step.COMPLETE_IN_PART,
    Earned.NOTHING: Step.END_WITHOUT,
}


class GradeNotOnScale(Refusal):
    code = "grade-not-on-scale"


class AlreadyConfirmed(Refusal):
    code = "result-already-confirmed"


class NotYetConfirmed(Refusal):
    code = "result-not-yet-confirmed"


class NotYourSection(Refusal):
    code = "not-your-section"


class StudiesHaveEnded(Refusal):
    code = "studies-have-ended"


class ReasonMissing(Refusal):
    code = "reason-missing"


class SameGrade(Refusal):
    code = "same-grade"


class ResultsMissing(Refusal):
    code = "results-missing"


def require_on_scale(grade: str, grading: str) -> Grade:
    """The grade, if this course's scale has it."""
    allowed = GRADES[Grading(grading)]
    if grade not in allowed:
        raise GradeNotOnScale(
            _now(
                "This course has no such grade. Choose one of: {grades}.",
            ).format(grades=", ".join(str(each.label) for each in allowed))
        )
    return Grade(grade)


def require_reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing(
            _now("Say why: the learner and the register see the reason.")
        )
    return reason.strip()


@dataclass(frozen=True, slots=True)
class CourseResult:
    """One course of the programme. `grade` is "" while nothing is confirmed.

    `group` is "" for a required course, else the key of its elective group.
    """

    course: int
    ects: int
    grade: str = ""
    group: str = ""

    @property
    def passed(self) -> bool:
        return self.grade in PASSED


class NotToChoose(Refusal):
    code = "not-to-choose"


class HasResult(Refusal):
    code = "has-result"


def require_live(state: EnrolmentState) -> None:
    """Courses are chosen before and during studies, not afterwards."""
    if state not in LIVE:
        raise NotToChoose(
            _now("Your studies here have ended, so nothing can be chosen.")
        )


def require_to_choose(
    sections: Collection[object], offered: Collection[object]
) -> None:
    """Only the elective courses of one's own run can be chosen."""
    if not set(sections) <= set(offered):
        raise NotToChoose(
            _now("This course is not among those to choose. Open the page again.")
        )


def require_no_result(course: str, *, has_result: bool) -> None:
    """A course with a result is not given up any more."""
    if has_result:
        raise HasResult(
            _now(
                "“{course}” has a result already, so it stays among your courses."
            ).format(course=course)
        )


@dataclass(frozen=True, slots=True)
class Completion:
    earned: Earned
    passed_ects: int
    passed: frozenset[int] = field(default_factory=frozenset)


def complete(
    courses: Iterable[CourseResult], electives: Mapping[str, int]
) -> Completion:
    """What these results earn: a certificate, a statement of results, or nothing.

    A certificate needs every required course passed and, in each elective group, at
    least its minimum. Whatever was passed at all earns a statement. A course that
    stands there twice counts once.

    Units: `electives` is the least ECTS to pass in each group; so is the answer's
    `passed_ects`, which counts what was passed, not what was planned.
    """
    told = list(courses)
    passed = {each.course: each for each in told if each.passed}
    needed = {each.course for each in told if not each.group}
    chosen = {
        group: sum(each.ects for each in passed.values() if each.group == group)
        for group in electives
    }
    whole = needed <= set(passed) and all(
        chosen[group] >= least for group, least in electives.items()
    )
    if not passed:
        return Completion(Earned.NOTHING, 0)
    return Completion(
        Earned.CERTIFICATE if whole else Earned.STATEMENT,
        sum(each.ects for each in passed.values()),
        frozenset(passed),
    )


def all_assessed(
    taken: Collection[CourseResult],
    electives: Mapping[str, int],
    *,
    run_has_ended: bool,
) -> bool:
    """Whether it can be decided: each course taken has a confirmed result, and enough
    electives were taken, or the run is over and no more can be."""
    if not taken or any(not each.grade for each in taken):
        return False
    enough = all(
        sum(each.ects for each in taken if each.group == group) >= least
        for group, least in electives.items()
    )
    return enough or run_has_ended
