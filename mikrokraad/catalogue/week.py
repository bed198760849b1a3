"""Does it fit somebody's week? Times of sessions and free parts of a week in. Pure.

A weekday has a daytime and an evening, a day of the weekend is one part. What counts is
the clock where the institution is, also across the days on which it is put forward or
back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mikrokraad.core.calendar import zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SATURDAY = 5
DAYTIME, EVENING = "day", "eve"
EVENING_BEGINS = time(17)
WEEKDAYS = DAYS[:SATURDAY]
PARTS = (
    *(f"{day}-{EVENING}" for day in WEEKDAYS),
    *(f"{day}-{DAYTIME}" for day in WEEKDAYS),
    *DAYS[SATURDAY:],
)


@dataclass(frozen=True, slots=True)
class Held:
    """When something is held; both ends carry their zone. `what` is whose it is."""

    starts_at: datetime
    ends_at: datetime
    what: object = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something held, and the parts of the week it needs that are not free."""

    held: Held
    needed: tuple[str, ...]


def parts_needed(held: Held) -> tuple[str, ...]:
    """The parts of the week something takes up, in order; an end at 17:00 is daytime."""
    starts, ends = _local(held.starts_at), _local(held.ends_at)
    needed: dict[str, None] = {}
    day = starts.date()
    while day <= ends.date():
        begins = starts.time() if day == starts.date() else time.min
        stops = ends.time() if day == ends.date() else time.max
        if begins < stops:
            needed |= dict.fromkeys(_parts(day, begins, stops))
        day += timedelta(days=1)
    return tuple(needed)


def clashes(held: Iterable[Held], free: Collection[str]) -> list[Clash]:
    """What does not fit into the free parts of somebody's week, as it comes."""
    found = (
        Clash(one, tuple(part for part in parts_needed(one) if part not in free))
        for one in held
    )
    return [clash for clash in found if clash.needed]


def known_parts(said: Iterable[str]) -> list[str]:
    """Of what an address says, the parts that there are, in their order."""
    given = set(said)
    return [part for part in PARTS if part in given]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, zone())


def _parts(day: date, begins: time, stops: time) -> list[str]:
    name = DAYS[day.weekday()]
    if day.weekday() >= SATURDAY:
        return [name]
    parts = []
    if begins < EVENING_BEGINS:
        parts.append(f"{name}-{DAYTIME}")
    if stops > EVENING_BEGINS:
        parts.append(f"{name}-{EVENING}")
    return parts
