"""The learners of the demonstration: invented people, each in as many runs as needed."""

import unicodedata
from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from mikrokraad.catalogue.models import Run
from mikrokraad.demo.seed import texts
from mikrokraad.people.models import Person

FEWEST = 18  # enough for one run that shows everything
ELDEST, YOUNGEST = date(1966, 1, 1), date(2003, 12, 31)
ABROAD = 0.15  # of all learners read English rather than Estonian
SPECIAL = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"}


class Cast:
    """Gives a run people who are not in it yet, everybody in turn."""

    def __init__(self, rng: Random, count: int) -> None:
        self.rng = rng
        self.people = [_person(facts) for facts in _facts(rng, max(count, FEWEST))]
        self._turn = 0
        self._seen: defaultdict[UUID, set[UUID]] = defaultdict(set)
        self._first: dict[UUID, datetime] = {}

    def enter(self, run: Run, person: Person, at: datetime) -> None:
        """Somebody is in this run from now on, and had an account by then."""
        self._seen[run.pk].add(person.pk)
        self._first[person.pk] = min(at, self._first.get(person.pk, at))

    def next_for(self, run: Run, at: datetime) -> Person | None:
        """Whose turn it is; None when everybody is in the run already."""
        for _n in range(len(self.people)):
            person = self.people[self._turn % len(self.people)]
            self._turn += 1
            if person.pk not in self._seen[run.pk]:
                self.enter(run, person, at)
                return person
        return None

    def move_in(self, now: datetime) -> None:
        """Keep the people, each with an account from shortly before the first act."""
        for person in self.people:
            first = self._first.get(person.pk, now - timedelta(days=3))
            person.created_at = first - timedelta(minutes=self.rng.randint(2, 50))
        Person.objects.bulk_create(self.people)


def _facts(rng: Random, count: int) -> list[dict[str, object]]:
    names = texts.read("names.json")
    pairs = [(first, last) for first in names["first"] for last in names["last"]]
    rng.shuffle(pairs)
    days = (YOUNGEST - ELDEST).days
    found: list[dict[str, object]] = []
    for n in range(count):
        first, last = pairs[n % len(pairs)]
        again = f"{n // len(pairs) + 1}" if n >= len(pairs) else ""
        found.append(
            {
                "email": f"{plain(first)}.{plain(last)}{again}@example.org",
                "given_name": first,
                "family_name": last,
                "language": "en" if rng.random() < ABROAD else "et",
                "birth_date": ELDEST + timedelta(days=rng.randrange(days)),
            }
        )
    return found


def _person(facts: dict[str, object]) -> Person:
    person = Person(**facts)
    person.set_unusable_password()
    return person


def plain(name: str) -> str:
    """A name as it stands in an address: "Jüri Õun" gives "juri-oun"."""
    told = "".join(SPECIAL.get(letter, letter) for letter in name.lower())
    bare = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode()
    return "-".join(bare.replace("'", "").split())
