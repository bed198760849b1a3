"""The demonstration's semesters, placed around the day it is made. Pure.

One intake is always open, one is running and one is finished, whatever the day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

FACTS_DEADLINE = date(2026, 8, 23)  # the default deadline in demo/data/facts.csv
SPRING_WEEK, AUTUMN_WEEK = 6, 36
SPRING_WEEKS, AUTUMN_WEEKS = 19, 17


@dataclass(frozen=True)
class Semester:
    year: int
    spring: bool

    @property
    def code(self) -> str:
        return f"{self.year}-{'spring' if self.spring else 'autumn'}"

    @property
    def name(self) -> dict[str, str]:
        if self.spring:
            return {"et": f"Kevad {self.year}", "en": f"Spring {self.year}"}
        return {"et": f"Sügis {self.year}", "en": f"Autumn {self.year}"}

    @property
    def starts_on(self) -> date:
        week = SPRING_WEEK if self.spring else AUTUMN_WEEK
        return date.fromisocalendar(self.year, week, 1)

    @property
    def weeks(self) -> int:
        return SPRING_WEEKS if self.spring else AUTUMN_WEEKS

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(weeks=self.weeks, days=-2)

    @property
    def deadline(self) -> date:
        """21 January for the spring, 23 August for the autumn."""
        return date(self.year, 1, 21) if self.spring else date(self.year, 8, 23)

    @property
    def before(self) -> "Semester":
        if self.spring:
            return Semester(self.year - 1, spring=False)
        return Semester(self.year, spring=True)

    @property
    def after(self) -> "Semester":
        if self.spring:
            return Semester(self.year, spring=False)
        return Semester(self.year + 1, spring=True)

    def deadline_like(self, fact: date) -> date:
        """This semester's counterpart of a deadline among the facts."""
        return self.deadline + (fact - FACTS_DEADLINE)


def open_semester(today: date) -> Semester:
    """The semester whose default deadline comes next."""
    for candidate in (
        Semester(today.year, spring=True),
        Semester(today.year, spring=False),
    ):
        if today <= candidate.deadline:
            return candidate
    return Semester(today.year + 1, spring=True)


def summer_of(today: date) -> int:
    """The year whose summer school still takes applications (until 30 April)."""
    return today.year if today <= date(today.year, 4, 30) else today.year + 1
