"""The one place that reads the time.

Outside the demonstration the offset is always nothing. The demonstration sets
`offset` at start-up, so that its clock can be moved forward.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def _no_offset() -> timedelta:
    return timedelta()


_offset: Callable[[], timedelta] = _no_offset


def move_with(offset: Callable[[], timedelta]) -> None:
    """Let `offset` say how far the clock is ahead. Only the demonstration may."""
    global _offset  # noqa: PLW0603 -- set once, at start-up
    if not settings.DEMO:
        raise RuntimeError("Only the demonstration's clock can be moved.")
    _offset = offset


def now() -> datetime:
    """This instant, in UTC."""
    return timezone.now() + _offset()  # noqa: TID251 -- the one place


def today() -> date:
    """Today's date where the institution is."""
    return timezone.localdate(now())
