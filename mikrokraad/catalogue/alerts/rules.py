"""What alerts there are, when a deadline is told of, and what a search is kept as. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import models

from mikrokraad.catalogue.filters import Wanted, wanted
from mikrokraad.core.calendar import add_working_days

UNCONFIRMED_DAYS = 7
DAYS_TO_GO_ON = 14  # to say so, once a saved search has asked
WEEK, DAY = "week", "day"
BEFORE = {WEEK: timedelta(days=7), DAY: timedelta(days=1)}
NOT_KEPT = (
    "places",
)  # who has places changes by the minute, and is said in the letter
MOST_QUERY = 500


class AlertKind(models.TextChoices):
    SEARCH = "search"
    OPENING = "opening"
    DEADLINE = "deadline"


def reminder_days(deadline: date) -> dict[str, date]:
    """The day of each reminder: a week and a day before, or the working day before that."""
    return {
        name: add_working_days(deadline - before + timedelta(days=1), -1)
        for name, before in BEFORE.items()
    }


def reminder_due(deadline: date, *, today: date) -> str:
    """Which reminder is due: the later one alone, if both are; none after the deadline."""
    if today > deadline:
        return ""
    days = reminder_days(deadline)
    return next((name for name in (DAY, WEEK) if today >= days[name]), "")


def kept_query(asked: Mapping[str, str]) -> str:
    """A search as an alert keeps it: without what is no wish, always in one order.

    Nothing where the wish is too long to be kept.
    """
    want = wanted(asked)
    chosen = {name: said for name, said in want.chosen.items() if name not in NOT_KEPT}
    query = Wanted(" ".join(want.q.split()), dict(sorted(chosen.items()))).query
    return query if len(query) <= MOST_QUERY else ""
