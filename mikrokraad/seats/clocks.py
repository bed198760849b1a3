"""The clock that acts by itself: holds run out."""

from datetime import datetime

from django.conf import settings

from mikrokraad.seats.actions import expire_holds


def tick(*, at: datetime) -> list[str]:
    """Safe to run at any time, twice. The switch is SEAT_HOLDS_EXPIRE."""
    if not settings.SEAT_HOLDS_EXPIRE:
        return []
    expired = expire_holds(at=at)
    return [f"{expired} holds on places ran out."] if expired else []
