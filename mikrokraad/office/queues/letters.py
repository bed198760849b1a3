"""The words of letters. Nothing waits there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Duty, Person

DESK = Desk(
    _("Words of letters"),
    "office:letters_list",
    frozenset({Duty.OFFICER, Duty.ADMINISTRATOR}),
)


def waiting(_person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- as every desk
    return []
