"""What waits at the desk of studies: results that hold up certificates."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import day_of
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person
from mikrokraad.studies import queries

DESK = Desk(_("Studies"), "office:studies_runs", frozenset(queries.RUN_DUTIES))


def waiting(person: Person, *, at: datetime) -> list[Queue]:
    """Runs that are over and still wait for results."""
    late = queries.runs_late_at(person, at_day=day_of(at)).count()
    href = reverse("office:studies_runs") + "?show=late"
    label = gettext("runs that are over and wait for results")
    return [Queue(late, label, href, urgent=True)] if late else []
