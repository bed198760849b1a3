"""Where visitors come from. Nothing waits there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Duty, Person

DESK = Desk(
    _("Where visitors come from"),
    "office:arrivals_sources",
    frozenset({Duty.OFFICER, Duty.PROGRAMME_MANAGER}),
)


def waiting(_person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- as every desk
    return []
