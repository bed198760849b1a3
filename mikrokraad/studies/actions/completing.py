"""Completion: computed from confirmed results, frozen, decided again after a correction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.core.calendar import day_of
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.studies import queries, rules
from mikrokraad.studies.actions.steps import locked_enrolment, move
from mikrokraad.studies.events import CompletionDecided, ResultsConfirmed
from mikrokraad.studies.models import CompletionDecision, Enrolment, SectionPlace
from mikrokraad.studies.rules import Earned, EnrolmentState, Step


def decide_what_is_ready(event: ResultsConfirmed) -> None:
    """Results were confirmed: decide whoever has all of theirs by that."""
    with_places = SectionPlace.objects.filter(section_id=event.section_id)
    for enrolment in queries.to_decide().filter(pk__in=with_places.values("enrolment")):
        try:
            decide_completion(enrolment, by=None, at=event.at)
        except rules.ResultsMissing:
            continue  # electives can still be chosen


@transaction.atomic
def decide_completion(
    enrolment: Enrolment, *, by: Person | None, at: datetime
) -> CompletionDecision:
    """Compute what was earned and freeze it. Asked twice, it is the same decision.

    Refuses with `ResultsMissing` while a result is not confirmed (R1), or with
    `StepNotAllowed` when the studies were ended before.
    """
    locked = locked_enrolment(enrolment)
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
        move(locked, Step.START, by=by, at=at)
    made = freeze(locked, at=at)
    move(locked, rules.ENDS[Earned(made.earned)], by=by, at=at)
    record("studies.completion.decided", made, by=by, at=at, earned=made.earned)
    publish(CompletionDecided(made.pk, at))
    return made


def freeze(enrolment: Enrolment, *, at: datetime) -> CompletionDecision:
    return CompletionDecision.objects.create(
        enrolment=enrolment, decided_at=at, **_decision(enrolment)
    )


def decide_again(enrolment: Enrolment, *, by: Person, at: datetime) -> None:
    """After a correction. The register keeps what was decided before."""
    decided = CompletionDecision.objects.filter(enrolment=enrolment).first()
    if decided is None:
        return
    locked = locked_enrolment(enrolment)
    before = {"earned": decided.earned, "basis": decided.basis}
    for name, value in _decision(locked).items():
        setattr(decided, name, value)
    decided.decided_at = at
    decided.save()
    if not _was_interrupted(locked):
        move(locked, Step.REOPEN, by=by, at=at)
        move(locked, rules.ENDS[Earned(decided.earned)], by=by, at=at)
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
