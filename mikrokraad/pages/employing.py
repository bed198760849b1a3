"""Whose studies an employer pays for. How they go is shown of those alone who agree to it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mikrokraad.core.calendar import day_text
from mikrokraad.core.texts import said
from mikrokraad.credentials.queries import issued_for
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import paid_by_employers_of
from mikrokraad.people.consents import EMPLOYER
from mikrokraad.people.models import Person
from mikrokraad.people.queries import who_consented
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.queries import enrolments_in
from mikrokraad.studies.rules import EnrolmentState

Row = dict[str, Any]
KINDS = {
    EnrolmentState.COMPLETED: "good",
    EnrolmentState.PARTIALLY_COMPLETED: "good",
    EnrolmentState.INTERRUPTED: "bad",
    EnrolmentState.CANCELLED: "bad",
}


def our_people(person: Person) -> list[Row]:
    """A row for each learner and run; a fixed number of queries."""
    paid = list(paid_by_employers_of(person))
    learners = {each.agreement.person_id for each in paid}
    agree = set(
        who_consented(EMPLOYER.key).filter(pk__in=learners).values_list("pk", flat=True)
    )
    studies = {
        (each.run_id, each.person_id): each
        for each in enrolments_in({each.agreement.run_id for each in paid}, agree)
    }
    numbers = issued_for(studies.values())
    return [_row(each, agree, studies, numbers) for each in paid]


def _row(
    invoice: Invoice,
    agree: set[UUID],
    studies: dict[tuple[UUID, UUID], Enrolment],
    numbers: dict[UUID, str],
) -> Row:
    run, learner = invoice.agreement.run, invoice.agreement.person
    study = studies.get((run.pk, learner.pk))
    row = {
        "name": learner.name,
        "title": said(run.version.title),
        "dates": f"{day_text(run.starts_on)} – {day_text(run.ends_on)}",
        "number": numbers.get(study.pk, "") if study else "",
    }
    if learner.pk not in agree:
        return {**row, "tag": _("has not agreed to show it"), "kind": "plain"}
    if study is None:
        return {**row, "tag": _("not enrolled yet"), "kind": "wait"}
    state = EnrolmentState(study.state)
    return {**row, "tag": state.label, "kind": KINDS.get(state, "info")}
