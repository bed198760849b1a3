"""Many lives told in the order of time. Pure.

A life is an iterator of moments: when it wants to go on next. What would come after now
never happens, so that on any day every life stands where it would stand on that day.
"""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from mikrokraad.core.calendar import add_working_days, day_of, zone

Life = Iterator[datetime]

OPENS, CLOSES = 9, 16  # office hours
WAKES, SLEEPS = 7, 22


class Diary:
    """Who goes on when; the earliest first, and who came first among equals.

    `at` is the moment that is being lived.
    """

    def __init__(self, first: datetime, now: datetime) -> None:
        self.at, self.now = first, now
        self._waiting: list[tuple[datetime, int, Life]] = []
        self._turn = 0

    def begin(self, life: Life) -> None:
        """Ask a life when it wants to go on; never before the present moment."""
        wanted = next(life, None)
        if wanted is not None:
            self._turn += 1
            heapq.heappush(self._waiting, (max(wanted, self.at), self._turn, life))

    def live(self) -> None:
        """Let everybody go on until now."""
        while self._waiting and self._waiting[0][0] <= self.now:
            self.at, _turn, life = heapq.heappop(self._waiting)
            self.begin(life)


def at_home(rng: Random, day: date) -> datetime:
    """Some time of the day when people do their own things."""
    hours = time(rng.randint(WAKES, SLEEPS), rng.randint(0, 59))
    return datetime.combine(day, hours, tzinfo=zone())


def at_the_office(rng: Random, day: date) -> datetime:
    """Some office hour of that day, or of the next working day."""
    working = add_working_days(day - timedelta(days=1), 1)
    hours = time(rng.randint(OPENS, CLOSES), rng.randint(0, 59))
    return datetime.combine(working, hours, tzinfo=zone())


def own_time(rng: Random, at: datetime, days: int) -> datetime:
    """So many days after `at`; with none, later in the same hour."""
    if days:
        return at_home(rng, day_of(at) + timedelta(days=days))
    return at + timedelta(minutes=rng.randint(5, 40))


def office_time(rng: Random, at: datetime, days: int) -> datetime:
    """So many days after `at`, in office hours; with none, a few hours later."""
    if days:
        return at_the_office(rng, day_of(at) + timedelta(days=days))
    return at + timedelta(minutes=rng.randint(60, 180))
