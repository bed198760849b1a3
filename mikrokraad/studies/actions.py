"""Writes of studies: enrol, enter and confirm results, correct, decide, end."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions.events import ApplicantEnrolled
from mikrokraad.catalogue.models import CourseSection, RunSection
from mikrokraad.core.calendar import day_of
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import actions as seat_actions
from mikrokraad.seats.models import Bundle, SeatClaim
from mikrokraad.seats.rules import ClaimState
from mikrokraad.studies import queries, rules
from mikrokraad.studies.events import (
    CompletionDecided,
    EnrolmentEnded,
    ResultCorrected,
    ResultsConfirmed,
)
from mikrokraad.studies.models import (
    CompletionDecision,
    Enrolment,
    Result,
    SectionPlace,
)
from mikrokraad.studies.rules import LADDER, LIVE, Earned, EnrolmentState, Step

TOKEN_BYTES = 32


@transaction.atomic
def open_enrolment(event: ApplicantEnrolled) -> Enrolment:
    """Register a learner, with a place in each required section. Told twice, once."""
    known = Enrolment.objects.filter(application_id=event.application_id).first()
    if known is not None:
        return known
    enrolment = Enrolment.objects.create(
        application_id=event.application_id,
        person_id=event.person_id,
        run_id=event.run_id,
        calendar_token=token_urlsafe(TOKEN_BYTES),
        enrolled_at=event.at,
    )
    claims = {
        claim.unit.section_id: claim
        for claim in SeatClaim.objects.filter(
            state=ClaimState.CONFIRMED, person_id=event.person_id
        ).select_related("unit")
    }
    for required in RunSection.objects.filter(run_id=event.run_id, required=True):
        SectionPlace.objects.create(
            enrolment=enrolment,
            section_id=required.section_id,
            claim=claims.get(required.section_id),
        )
    record("studies.enrolment.opened", enrolment, by=None, at=event.at)
    return enrolment


@transaction.atomic
def start_studies(enrolment: Enrolment, *, by: Person | None, at: datetime) -> None:
    """The run has begun. Twice is once."""
    locked = _locked(enrolment)
    if locked.state == EnrolmentState.REGISTERED:
        _move(locked, Step.START, by=by, at=at)


@transaction.atomic
def enter_grade(
    place: SectionPlace, grade: str, *, by: Person, at: datetime
) -> SectionPlace:
    """Write down a grade, not seen by the learner before it is confirmed; "" clears it.

    Whoever takes the section for two programmes gets it in both. Refuses with
    `NotYourSection`, `GradeNotOnScale`, `AlreadyConfirmed` or `StudiesHaveEnded`.
    """
    _require_teacher(place.section, by)
    same = _places_of_learner(place)
    locked = next(each for each in same if each.pk == place.pk)
    if locked.entered_grade == grade:
        return locked
    if grade:
        rules.require_on_scale(grade, place.section.course.grading)
    if locked.results.exists():
        raise rules.AlreadyConfirmed(
            _("This result is confirmed already. To change it, correct it and say why.")
        )
    if locked.enrolment.state not in LIVE:
        raise rules.StudiesHaveEnded(
            _("This learner’s studies have ended, so no result can be entered.")
        )
    for each in same:
        each.entered_grade, each.entered_by, each.entered_at = grade, by, at
        each.save(update_fields=["entered_grade", "entered_by", "entered_at"])
    record("studies.grade.entered", place, by=by, at=at, grade=grade)
    return locked


@transaction.atomic
def enter_grades(
    section: CourseSection,
    grades: Mapping[UUID, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Enter the grades of several places of a section: all of them or none."""
    for place in queries.section_list(section):
        if place.pk in grades and not place.results.all():
            enter_grade(place, grades[place.pk], by=by, at=at)


@transaction.atomic
def confirm_results(section: CourseSection, *, by: Person, at: datetime) -> int:
    """Make the entered grades final, and decide what is complete by that. How many.

    A second click finds nothing more to confirm and does nothing. Refuses with
    `NotYourSection`.
    """
    _require_teacher(section, by)
    places = SectionPlace.objects.filter(section=section).order_by("pk")
    list(places.select_for_update())  # a second click waits here, then sees results
    waiting = list(
        places.filter(enrolment__state__in=LIVE, results=None)
        .exclude(entered_grade="")
        .select_related("enrolment")
    )
    if not waiting:
        return 0
    for place in waiting:
        Result.objects.create(
            place=place,
            grade=place.entered_grade,
            scale=section.course.grading,
            assessor=by,
            confirmed_at=at,
        )
    record("studies.results.confirmed", section, by=by, at=at, results=len(waiting))
    publish(ResultsConfirmed(section.pk, at))
    _decide_what_is_ready(waiting, at=at)
    return len({each.enrolment.person_id for each in waiting})


@transaction.atomic
def correct_result(
    place: SectionPlace, grade: str, reason: str, *, by: Person, at: datetime
) -> Result:
    """Put another grade in the place of a confirmed one, saying why.

    What was decided is decided again; an issued credential is for its own room to
    review (R2). Refuses with `NotYourSection`, `NotYetConfirmed`, `GradeNotOnScale`,
    `ReasonMissing` or `SameGrade`.
    """
    _require_teacher(place.section, by)
    rules.require_on_scale(grade, place.section.course.grading)
    why = rules.require_reason(reason)
    made = [
        _corrected(each, grade, why, by=by, at=at)
        for each in _places_of_learner(place)
        if each.results.exists() or each.pk == place.pk
    ]
    return next(each for each in made if each.place_id == place.pk)


def _corrected(
    place: SectionPlace, grade: str, why: str, *, by: Person, at: datetime
) -> Result:
    before = queries.result_of(place)
    if before is None:
        raise rules.NotYetConfirmed(
            _("This result is not confirmed yet. Enter another grade instead.")
        )
    if before.grade == grade:
        raise rules.SameGrade(
            _("That is the grade already. Choose the grade it should be.")
        )
    made = Result.objects.create(
        place=place,
        grade=grade,
        scale=before.scale,
        assessor=by,
        confirmed_at=at,
        corrects=before,
        reason=why,
    )
    record("studies.result.corrected", place, by=by, at=at, reason=why)
    _decide_again(place.enrolment, by=by, at=at)
    publish(ResultCorrected(place.enrolment_id, at))
    return made


@transaction.atomic
def decide_completion(
    enrolment: Enrolment, *, by: Person | None, at: datetime
) -> CompletionDecision:
    """Compute what was earned and freeze it. Asked twice, it is the same decision.

    Refuses with `ResultsMissing` while a result is not confirmed (R1), or with
    `StepNotAllowed` when the studies were ended before.
    """
    locked = _locked(enrolment)
    known = CompletionDecision.objects.filter(enrolment=locked).first()
    if known is not None:
        return known
    ended = day_of(at) > locked.run.ends_on
    taken = queries.courses_of(locked)
    electives = queries.electives_of(locked)
    if not rules.all_assessed(taken, electives, run_has_ended=ended):
        raise rules.ResultsMissing(
            _(
                "Some results are not confirmed yet. When the lecturers have confirmed "
                "them all, this is decided by itself."
            )
        )
    if locked.state == EnrolmentState.REGISTERED:
        _move(locked, Step.START, by=by, at=at)
    made = _freeze(locked, at=at)
    _move(locked, rules.ENDS[Earned(made.earned)], by=by, at=at)
    record("studies.completion.decided", made, by=by, at=at, earned=made.earned)
    publish(CompletionDecided(made.pk, at))
    return made


@transaction.atomic
def interrupt(
    enrolment: Enrolment, *, reason: str, by: Person | None, at: datetime
) -> Enrolment:
    """End studies early. What was passed until then still earns a statement.

    Refuses with `ReasonMissing` or `StepNotAllowed`.
    """
    why = rules.require_reason(reason)
    locked = _locked(enrolment)
    _move(locked, Step.INTERRUPT, by=by, at=at, reason=why)
    if any(each.grade for each in queries.courses_of(locked)):
        made = _freeze(locked, at=at)
        record("studies.completion.decided", made, by=by, at=at, earned=made.earned)
        publish(CompletionDecided(made.pk, at))
    publish(EnrolmentEnded(locked.pk, at))
    return locked


@transaction.atomic
def cancel(
    enrolment: Enrolment, *, reason: str, by: Person | None, at: datetime
) -> Enrolment:
    """Undo an enrolment before studies start, and give its places back.

    Refuses with `ReasonMissing` or `StepNotAllowed`.
    """
    why = rules.require_reason(reason)
    locked = _locked(enrolment)
    _move(locked, Step.CANCEL, by=by, at=at, reason=why)
    for bundle in Bundle.objects.filter(run=locked.run, person=locked.person):
        seat_actions.release_bundle(bundle, reason="enrolment cancelled", at=at)
    publish(EnrolmentEnded(locked.pk, at))
    return locked


def _locked(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person", "run__version")
        .get(pk=enrolment.pk)
    )


def _move(
    enrolment: Enrolment,
    step: Step,
    *,
    by: Person | None,
    at: datetime,
    **facts: object,
) -> None:
    before = EnrolmentState(enrolment.state)
    enrolment.state = LADDER.after(before, step)
    enrolment.save(update_fields=["state"])
    record(
        f"studies.enrolment.{step}",
        enrolment,
        by=by,
        at=at,
        before=before,
        after=enrolment.state,
        **facts,
    )


def _require_teacher(section: CourseSection, by: Person) -> None:
    if not section.teachers.filter(pk=by.pk).exists():
        raise rules.NotYourSection(
            _("Only a lecturer of this course group enters its results.")
        )


def _places_of_learner(place: SectionPlace) -> list[SectionPlace]:
    """This learner's places in the section, locked: one for each programme they study."""
    return list(
        SectionPlace.objects.select_for_update(of=("self",))
        .select_related("enrolment")
        .filter(
            section_id=place.section_id,
            enrolment__person_id=place.enrolment.person_id,
        )
        .order_by("pk")
    )


def _decide_what_is_ready(places: Iterable[SectionPlace], *, at: datetime) -> None:
    for enrolment in queries.to_decide().filter(
        pk__in=[each.enrolment_id for each in places]
    ):
        try:
            decide_completion(enrolment, by=None, at=at)
        except rules.ResultsMissing:
            continue  # electives can still be chosen


def _freeze(enrolment: Enrolment, *, at: datetime) -> CompletionDecision:
    return CompletionDecision.objects.create(
        enrolment=enrolment, decided_at=at, **_decision(enrolment)
    )


def _decide_again(enrolment: Enrolment, *, by: Person, at: datetime) -> None:
    """After a correction. The register keeps what was decided before."""
    decided = CompletionDecision.objects.filter(enrolment=enrolment).first()
    if decided is None:
        return
    locked = _locked(enrolment)
    before = {"earned": decided.earned, "basis": decided.basis}
    for name, value in _decision(locked).items():
        setattr(decided, name, value)
    decided.decided_at = at
    decided.save()
    if not _was_interrupted(locked):
        _move(locked, Step.REOPEN, by=by, at=at)
        _move(locked, rules.ENDS[Earned(decided.earned)], by=by, at=at)
    record("studies.completion.decided_again", decided, by=by, at=at, before=before)
    publish(CompletionDecided(decided.pk, at))


def _was_interrupted(enrolment: Enrolment) -> bool:
    """Whether somebody ended these studies early, so that a correction leaves it so."""
    return any(not each.grade for each in queries.courses_of(enrolment))


def _decision(enrolment: Enrolment) -> dict[str, Any]:
    """What a decision says, and what it was made of."""
    computed = rules.complete(
        queries.courses_of(enrolment), queries.electives_of(enrolment)
    )
    whole = computed.earned == Earned.CERTIFICATE
    positions = enrolment.run.version.outcomes.order_by("position").values_list(
        "position", flat=True
    )
    return {
        "earned": computed.earned,
        "passed_ects": computed.passed_ects,
        "basis": {
            "courses": [
                _course_basis(place) for place in queries.places_with_results(enrolment)
            ],
            "outcomes": [{"position": n, "passed": whole} for n in positions],
        },
    }


def _course_basis(place: SectionPlace) -> dict[str, Any]:
    course, result = place.section.course, queries.result_of(place)
    passed = bool(result and result.grade in rules.PASSED)
    return {
        "course": course.pk,
        "code": course.code,
        "title": course.title,
        "ects": course.ects,
        "grade": result.grade if result else "",
        "scale": course.grading,
        "lecturers": sorted(each.name for each in place.section.teachers.all()),
        "passed_on": day_of(result.confirmed_at).isoformat()
        if result and passed
        else "",
        "passed": passed,
        "result": str(result.pk) if result else "",
    }
