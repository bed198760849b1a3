"""What waits on the desk of places."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.admissions import cases
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person
from mikrokraad.seats.overview import overviews, runs_with_units

DESK = Desk(
    gettext_lazy("Places"), "office:places_runs", frozenset(cases.ADMISSION_DUTIES)
)


def waiting(person: Person, *, at: datetime) -> list[Queue]:
    """Runs to come with more people than places."""
    ahead = cases.runs_for(person).filter(ends_on__gte=at.date())
    found = overviews(runs_with_units(ahead), at=at)
    over = sum(each.over > 0 for each in found.values())
    line = Queue(
        over, _("overbooked groups"), reverse("office:places_runs"), urgent=True
    )
    return [line] if over else []
