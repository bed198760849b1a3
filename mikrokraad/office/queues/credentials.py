"""What waits at the desk of certificates."""

from datetime import datetime

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.credentials import queries
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person

DESK = Desk(_("Certificates"), "office:credentials_cohorts", frozenset(queries.DUTIES))


def waiting(person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- nothing here has a deadline
    """Documents to issue, revocations to approve, corrected results to look at."""
    found = [
        (
            queries.runs_at(person).aggregate(n=Sum("ready"))["n"] or 0,
            gettext("to issue"),
            reverse("office:credentials_cohorts"),
        ),
        (
            queries.revocations_at(person).count(),
            gettext("revocations to approve"),
            reverse("office:credentials_revocations"),
        ),
        (
            queries.corrected_at(person).count(),
            gettext("with a result corrected after issue"),
            reverse("office:credentials_register") + "?corrected=yes",
        ),
    ]
    return [Queue(number, label, href) for number, label, href in found if number]
