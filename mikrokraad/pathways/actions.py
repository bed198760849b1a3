"""Writes of pathways: to decide that a course fills a place of a degree."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Course
from mikrokraad.pathways import queries, rules
from mikrokraad.pathways.models import Equivalence, Slot
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.people.roles import units_of


@transaction.atomic
def add_equivalence(
    course: Course,
    slot: Slot,
    *,
    rule: str,
    valid_from: date,
    by: Person,
    at: datetime,
) -> Equivalence:
    """Decide that `course` fills `slot`, citing what the decision rests on (P2).

    It counts for as many ECTS as the smaller of the two. Refuses with
    `NotYourCurriculum`, `ThesisIsNeverFilled`, `RuleMissing` or `CountsAlready`.
    """
    slot = Slot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    _require_assessor(slot, by)
    rules.require_no_thesis(is_thesis=slot.is_thesis)
    why = rules.require_rule(rule)
    if Equivalence.objects.filter(course=course, slot=slot).exists():
        raise rules.CountsAlready(
            _("This course stands in that place already. Choose another place.")
        )
    made = Equivalence.objects.create(
        course=course,
        slot=slot,
        ects=min(course.ects, slot.ects),
        valid_from=valid_from,
        decided_by=by,
        rule=why,
    )
    record("pathways.equivalence.added", made, by=by, at=at, rule=why)
    return made


@transaction.atomic
def confirm_equivalence(
    equivalence: Equivalence, *, by: Person, at: datetime
) -> Equivalence:
    """Make a proposed equivalence count. Twice is once, by whoever was first.

    Refuses with `NotYourCurriculum`, `ThesisIsNeverFilled` or `RuleMissing`.
    """
    locked = (
        Equivalence.objects.select_for_update(of=("self",))
        .select_related("slot")
        .get(pk=equivalence.pk)
    )
    _require_assessor(locked.slot, by)
    rules.require_no_thesis(is_thesis=locked.slot.is_thesis)
    rules.require_rule(locked.rule)
    if locked.decided_by_id is None:
        locked.decided_by = by
        locked.save(update_fields=["decided_by"])
        record("pathways.equivalence.confirmed", locked, by=by, at=at)
    return locked


def _require_assessor(slot: Slot, by: Person) -> None:
    unit = slot.module.curriculum.unit_id
    if not units_of(by, *queries.DUTIES).filter(pk=unit).exists():
        raise rules.NotYourCurriculum(
            _("Only an assessor of this curriculum’s unit decides what counts in it.")
        )
