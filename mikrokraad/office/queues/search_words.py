"""Words that mean the same. Nothing waits there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Duty, Person

DESK = Desk(
    _("Search words"),
    "office:search_words_synonyms",
    frozenset({Duty.OFFICER, Duty.PROGRAMME_MANAGER}),
)


def waiting(_person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- as every desk
    return []
