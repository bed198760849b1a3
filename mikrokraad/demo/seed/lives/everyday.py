"""What goes on every day: the clocks, the bank, and the post."""

from datetime import datetime, timedelta

from django.db.models import F

from mikrokraad.admissions import clocks as admissions
from mikrokraad.core import outbox
from mikrokraad.core.calendar import day_of, start_of
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.demo import mailbox
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.seats import clocks as seats
from mikrokraad.studies import clocks as studies

BEFORE_WORK = timedelta(hours=8)
DAYS_OF_WEEK = 7
KEPT = timedelta(days=28)  # letters older than that are in nobody's mailbox any more


def ticking(town: Town) -> Life:
    """The rooms' clocks, lowest room first: on Mondays, and each morning of late."""
    while True:
        day = day_of(town.at) + timedelta(days=1)
        if start_of(day) < town.now - KEPT:
            day += timedelta(days=-day.weekday() % DAYS_OF_WEEK)
        yield start_of(day) + BEFORE_WORK
        tick(town.at)


def tick(at: datetime) -> None:
    for room in (seats, admissions, studies):
        room.tick(at=at)


def deliver_letters(now: datetime) -> None:
    """Letters of the last weeks land in the mailbox on their days; older ones are gone."""
    due = OutboxMessage.objects.filter(kind="letter", state=Delivery.WAITING)
    due.filter(due_at__lte=now - KEPT).update(
        state=Delivery.SENT, sent_at=F("due_at"), attempts=1
    )
    for moment in (
        due.filter(due_at__lte=now)
        .order_by("due_at", "pk")
        .values_list("due_at", flat=True)
    ):
        with mailbox.on_the_day(moment):
            outbox.deliver_due(at=moment, most=1)
