"""Pictures made of little squares: credits, the semester, the way to a degree. Pure.

Markup carries classes only, and the same thing in words for whoever cannot see it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = 7
# When a day has several marks, the one that matters most is drawn.
KINDS = ("session", "busy", "exam", "clash")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on one day. `kind` is a session, an exam, one's own busy evening, or a clash."""

    day: date
    kind: str = "session"
    text: str = ""
    colour: str = "indigo"


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    marks: tuple[Mark, ...] = ()
    outside: bool = False  # before the first or after the last day

    @property
    def mark(self) -> Mark | None:
        """The mark that is drawn."""
        return max(self.marks, key=lambda mark: KINDS.index(mark.kind), default=None)


@dataclass(frozen=True, slots=True)
class Week:
    monday: date
    days: tuple[Day, ...]

    @property
    def marked(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if day.marks)

    @property
    def opens_month(self) -> bool:
        """Whether a month begins in this week."""
        return self.monday.day <= WEEK


@dataclass(frozen=True, slots=True)
class ClothRow:
    """One module of a degree. Units: ECTS."""

    label: str
    filled: int
    fillable: int = 0
    missing: int = 0
    colour: str = "indigo"
    note: str = ""

    @property
    def total(self) -> int:
        return self.filled + self.fillable + self.missing

    @property
    def squares(self) -> list[str]:
        return (
            ["filled"] * self.filled
            + ["fillable"] * self.fillable
            + ["missing"] * self.missing
        )


def semester_weeks(first: date, last: date, marks: Iterable[Mark]) -> list[Week]:
    """Every week from `first` to `last`, both days included, with their marks."""
    by_day: dict[date, list[Mark]] = {}
    for mark in marks:
        by_day.setdefault(mark.day, []).append(mark)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        dates = [monday + timedelta(days=number) for number in range(WEEK)]
        days = tuple(
            Day(on, tuple(by_day.get(on, ())), outside=not first <= on <= last)
            for on in dates
        )
        weeks.append(Week(monday, days))
        monday += timedelta(days=WEEK)
    return weeks


def kinds_in(weeks: Iterable[Week]) -> list[str]:
    """The kinds of mark that occur, in a fixed order, for the legend."""
    found = {mark.kind for week in weeks for day in week.days for mark in day.marks}
    return [kind for kind in ("session", "exam", "busy", "clash") if kind in found]
