"""What waits at the desk of pathways: proposed equivalences."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.office.queues import Desk, Queue
from mikrokraad.pathways import queries
from mikrokraad.people.models import Person

DESK = Desk(
    _("Towards a degree"), "office:pathways_curricula", frozenset(queries.DUTIES)
)


def waiting(person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- nothing here has a deadline
    proposed = queries.equivalences_at(person).filter(decided_by=None).count()
    href = reverse("office:pathways_curricula")
    label = gettext("proposed equivalences to confirm")
    return [Queue(proposed, label, href)] if proposed else []
