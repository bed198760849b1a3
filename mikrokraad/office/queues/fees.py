"""What waits at the finance desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core.calendar import day_of
from mikrokraad.fees import queries
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Duty, Person
from mikrokraad.studies.queries import endings_to_settle

DESK = Desk(_("Money"), "office:fees_invoices", frozenset({Duty.FINANCE}))


def waiting(_person: Person, *, at: datetime) -> list[Queue]:
    """Bank lines without an invoice, invoices overdue, ended studies to settle."""
    unmatched = queries.unmatched_lines().count()
    overdue = queries.overdue_invoices(day_of(at)).count()
    ended = endings_to_settle().count()
    found = []
    if unmatched:
        words = gettext("payments without an invoice")
        found.append(Queue(unmatched, words, reverse("office:fees_unmatched")))
    if overdue:
        words, href = gettext("invoices overdue"), reverse("office:fees_invoices")
        found.append(Queue(overdue, words, f"{href}?show=overdue", urgent=True))
    back = queries.to_pay_back().count()
    if back:
        words, href = gettext("credits to pay back"), reverse("office:fees_invoices")
        found.append(Queue(back, words, f"{href}?show=back"))
    if ended:
        words = gettext("ended studies whose money is not decided")
        found.append(Queue(ended, words, reverse("office:fees_endings")))
    return found
