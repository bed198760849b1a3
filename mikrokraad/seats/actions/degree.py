"""Places of degree students: the study system's own list of a section, taken over."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import queries
from mikrokraad.seats.actions.locks import let_go_of, runs_of
from mikrokraad.seats.actions.sizes import open_pool
from mikrokraad.seats.events import SeatsFreed
from mikrokraad.seats.lists import Done, Line, SectionList, Student
from mikrokraad.seats.models import LIVE, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import (
    DEGREE_STUDENTS,
    NOT_IN_THE_LIST,
    ClaimState,
    PoolKey,
)


def import_places(
    lists: Sequence[SectionList],
    *,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> list[Line]:
    """Let each section's degree students be exactly those of its list.

    New ones get a place at once, also where none is left: the study system is right
    about them, and the section shows as overbooked. Who is not in the list any more
    gives the place back. Each section in a transaction of its own; again, it changes
    nothing. What is done with each record is answered, also why one was refused.
    """
    return [
        line for each in lists for line in _one_list(each, by=by, at=at, dry=dry_run)
    ]


@transaction.atomic
def _one_list(
    given: SectionList, *, by: Person | None, at: datetime, dry: bool
) -> list[Line]:
    known = given.section if given.section.isprintable() else ""
    section = CourseSection.objects.filter(code=known).first()
    why_not = _why_not(section, given)
    if why_not:
        return [*given.refused, given.line(Done.REFUSED, why_not)]
    unit = CapacityUnit.objects.select_for_update().filter(section=section).first()
    if unit is None:
        return [
            *given.refused,
            given.line(Done.REFUSED, _("no places were opened for this section")),
        ]
    lines = [*given.refused, *_replace(unit, given, by=by, at=at)]
    transaction.set_rollback(dry)
    return lines


def _why_not(section: CourseSection | None, given: SectionList) -> str:
    if section is None:
        return _("there is no such section")
    if section.term_id != given.term:
        return _("this section is taught in {term}").format(term=section.term_id)
    return ""


def _replace(
    unit: CapacityUnit, given: SectionList, *, by: Person | None, at: datetime
) -> list[Line]:
    claims = {
        claim.outside_id: claim
        for claim in SeatClaim.objects.filter(LIVE, unit=unit).exclude(outside_id="")
    }
    new = [each for each in given.students if each.student not in claims]
    stay = [each for each in given.students if each.student in claims]
    gone = [claim for known, claim in claims.items() if known not in given.named]
    if given.unclear:
        gone = []
    _take(unit, new)
    let_go_of(gone, NOT_IN_THE_LIST, at)
    if new or gone:
        _tell_what_changed(unit, new, gone, by=by, at=at)
    return [
        *(given.line(Done.TAKEN, student=each.student) for each in new),
        *(given.line(Done.KEPT, student=each.student) for each in stay),
        *(given.line(Done.RELEASED, student=claim.outside_id) for claim in gone),
    ]


def _take(unit: CapacityUnit, students: Sequence[Student]) -> None:
    pool = open_pool(unit, PoolKey.DEGREE)
    SeatClaim.objects.bulk_create(
        SeatClaim(
            unit=unit,
            pool=pool,
            outside_id=each.student,
            state=ClaimState.CONFIRMED,
            at=each.since,
        )
        for each in students
    )


def _tell_what_changed(
    unit: CapacityUnit,
    new: Sequence[Student],
    gone: Sequence[SeatClaim],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Say so when there are more than places now; offer what became free."""
    taken = queries.taken_of([unit.pk]).get(unit.pk, 0)
    if taken > unit.size and not unit.overbooking_reason:
        CapacityUnit.objects.filter(pk=unit.pk).update(
            overbooking_reason=DEGREE_STUDENTS
        )
    counts = {"new": len(new), "released": len(gone), "taken": taken}
    record("degree students' places", unit, by=by, at=at, **counts)
    if gone:
        publish(SeatsFreed(runs_of([unit]), at))
