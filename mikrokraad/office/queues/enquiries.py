"""Questions that wait for an answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mikrokraad.admissions import cases
from mikrokraad.admissions.enquiring import open_enquiries_for
from mikrokraad.core.calendar import day_of, working_days_between
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person

DESK = Desk(_("Questions"), "office:enquiries_queue", frozenset(cases.ADMISSION_DUTIES))
LATE = 3  # working days


def waiting(person: Person, *, at: datetime) -> list[Queue]:
    """How many wait, and whether one of them has waited too long."""
    asked = list(open_enquiries_for(person).values_list("asked_at", flat=True))
    if not asked:
        return []
    label = ngettext(
        "question waits for an answer", "questions wait for an answer", len(asked)
    )
    late = working_days_between(day_of(min(asked)), day_of(at)) > LATE
    return [Queue(len(asked), label, reverse(DESK.url_name), urgent=late)]
