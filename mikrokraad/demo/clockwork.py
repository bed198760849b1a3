"""The demonstration's clock: an offset in the database, read at most once a second."""

import time
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Intake
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.demo.models import ClockOffset

FRESH_SECONDS = 1.0
FURTHEST = timedelta(days=730)

_known = timedelta()
_read_at = float("-inf")


class ClockOnlyGoesForward(Refusal):
    code = "clock-only-goes-forward"


def offset() -> timedelta:
    """How far the clock is ahead of the real one."""
    global _known, _read_at
    if time.monotonic() - _read_at > FRESH_SECONDS:
        row = ClockOffset.objects.filter(pk=1).values_list("seconds", flat=True).first()
        _known, _read_at = timedelta(seconds=row or 0), time.monotonic()
    return _known


def read_anew() -> None:
    """Forget what is known: the next look goes to the database."""
    global _read_at  # noqa: PLW0603 -- one number for the whole process
    _read_at = float("-inf")


def days_worth_seeing(today: date) -> list[tuple[int, str]]:
    """How many days on something happens to many people, and what; the nearest first."""
    intakes = Intake.objects.select_related("term").filter(
        term__starts_on__gt=today, default_deadline__gte=today
    )
    soonest = intakes.order_by("default_deadline").first()
    if soonest is None:
        return []
    closed = (soonest.default_deadline - today).days + 1
    begins = (soonest.term.starts_on - today).days + 7
    return [
        (closed, _("To the day after the deadline")),
        (begins, _("To the first week of studies")),
    ]


@transaction.atomic
def move_to(moment: datetime) -> None:
    """Set the clock forward to `moment`. Refuses to go back, or beyond two years."""
    ahead = moment - clock.now()
    if not timedelta() < ahead <= FURTHEST:
        raise ClockOnlyGoesForward(
            _("The clock only goes forward, two years at the most. Choose a later day.")
        )
    row, _created = ClockOffset.objects.select_for_update().get_or_create(pk=1)
    row.seconds += round(ahead.total_seconds())
    row.save()
    read_anew()
