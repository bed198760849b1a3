"""What all the lives share: the diary, the cast, the staff, the bank."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from mikrokraad.core.calendar import add_working_days, day_of
from mikrokraad.demo.bank.statement import Transfer
from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.lives import diary
from mikrokraad.demo.seed.lives.cast import Cast
from mikrokraad.demo.seed.lives.diary import Diary
from mikrokraad.demo.seed.report import Example
from mikrokraad.demo.seed.university import University
from mikrokraad.people.models import Person
from mikrokraad.studies.models import Enrolment

WELL = "well"
OFFICERS = ["jaak.solg", "jaak.solg", "merike.hobehelm"]  # he does most of it


@dataclass
class Town:
    """`plans`: how many applications there will be. `fates`: how somebody does in a run."""

    made: University
    rng: Random
    diary: Diary
    cast: Cast
    plans: int = 0
    transfers: list[Transfer] = field(default_factory=list)
    fates: dict[tuple[UUID, UUID], str] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)

    @property
    def at(self) -> datetime:
        """The moment that is being lived."""
        return self.diary.at

    @property
    def now(self) -> datetime:
        return self.diary.now

    def fate_of(self, enrolment: Enrolment) -> str:
        """How this learner does in the run; well, when nothing else was decided."""
        return self.fates.get((enrolment.run_id, enrolment.person_id), WELL)

    def staff(self, key: str) -> Person:
        return self.made.world.people[key]

    def officer(self) -> Person:
        return self.staff(self.rng.choice(OFFICERS))

    def home(self, days: int = 0) -> datetime:
        """When somebody does the next thing, so many days later, in their own time."""
        return diary.own_time(self.rng, self.at, days)

    def office(self, days: int = 0) -> datetime:
        """When the office does it."""
        return diary.office_time(self.rng, self.at, days)

    def lately(self, working_days: int) -> datetime:
        """An office hour so many working days ago."""
        day = add_working_days(day_of(self.now), -working_days)
        return diary.at_the_office(self.rng, day)

    def say(self, subject: str, language: str) -> str:
        """A sentence on a subject of answers.json."""
        chosen: str = self.rng.choice(texts.read("answers.json")[subject])[language]
        return chosen
