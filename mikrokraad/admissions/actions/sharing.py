"""Work shared among staff: whose case it is, notes, and one act on many cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import cases
from mikrokraad.admissions.actions.decisions import (
    ask,
    open_review,
    stage_offer,
    stage_rejection,
)
from mikrokraad.admissions.actions.steps import locked
from mikrokraad.admissions.models import Application, Note
from mikrokraad.admissions.rules import CannotBeAssigned, ReasonsNeeded, State
from mikrokraad.core.errors import Refusal
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


class Act(StrEnum):
    """What can be done with many applications in one press."""

    ASSIGN = "assign"
    OFFER = "offer"
    REJECT = "reject"
    ASK = "ask"


@dataclass
class Report:
    """How many it was done with, and who was left out and why."""

    done: int = 0
    skipped: list[tuple[Application, str]] = field(default_factory=list)


@transaction.atomic
def assign(
    application: Application, *, to: Person | None, by: Person, at: datetime
) -> Application:
    """Say who sees to an application; nobody, if `to` is None.

    Refuses with `CannotBeAssigned` whoever may not read it.
    """
    application = locked(application)
    if to and not cases.cases_for(to).filter(pk=application.pk).exists():
        raise CannotBeAssigned(
            _("{name} has no duty in the unit of this programme.").format(name=to.name)
        )
    if application.assigned_to_id == (to.pk if to else None):
        return application
    application.assigned_to = to
    application.save(update_fields=["assigned_to"])
    record(
        "application: assigned", application, by=by, at=at, to=str(to.pk) if to else ""
    )
    return application


@transaction.atomic
def add_note(application: Application, text: str, *, by: Person, at: datetime) -> Note:
    """Words for colleagues. The same words of the same person again are one note."""
    if not text.strip():
        raise ReasonsNeeded(_("Write the note."))
    application = locked(application)
    note, _new = Note.objects.get_or_create(
        application=application, by=by, text=text.strip(), defaults={"at": at}
    )
    return note


def act_on(
    several: Iterable[Application],
    act: Act,
    facts: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
) -> Report:
    """Do the same with each, through the same doors; what refuses is left out."""
    report = Report()
    for each in several:
        try:
            _act(each, act, facts, by=by, at=at)
        except Refusal as refusal:
            report.skipped.append((each, refusal.message))
        else:
            report.done += 1
    return report


@transaction.atomic
def _act(
    case: Application, act: Act, facts: Mapping[str, Any], *, by: Person, at: datetime
) -> None:
    if act == Act.ASSIGN:
        assign(case, **facts, by=by, at=at)
        return
    if case.state == State.SUBMITTED:
        open_review(case, by=by, at=at)
    if act == Act.OFFER:
        stage_offer(case, **facts, by=by, at=at)
    elif act == Act.REJECT:
        stage_rejection(case, **facts, by=by, at=at)
    else:
        ask(case, **facts, by=by, at=at)
