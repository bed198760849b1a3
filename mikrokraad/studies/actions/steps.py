"""What every step of an enrolment does: lock, move along the ladder, write it down."""

from datetime import datetime

from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.rules import LADDER, EnrolmentState, Step


def locked_enrolment(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person", "run__version")
        .get(pk=enrolment.pk)
    )


def move(
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
