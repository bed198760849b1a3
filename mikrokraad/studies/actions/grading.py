"""Results: entered, confirmed by a second click, corrected with a reason."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.studies import queries, rules
from mikrokraad.studies.actions.completing import decide_again
from mikrokraad.studies.events import ResultCorrected, ResultsConfirmed
from mikrokraad.studies.models import Result, SectionPlace
from mikrokraad.studies.rules import LIVE


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
    """Make the entered grades final. How many learners; what is complete is decided.

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
    decide_again(place.enrolment, by=by, at=at)
    publish(ResultCorrected(place.enrolment_id, at))
    return made


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
