"""The clock that acts by itself: holds run out."""

from datetime import datetime

from mikrokraad.seats.actions import expire_holds


def tick(*, at: datetime) -> list[str]:
    expired = expire_holds(at=at)
    return [f"{expired} holds on places ran out."] if expired else []
