"""Random schedules of steps on places by several people at once, crashes among them.

Whatever the threads do, some order of the same steps one after the other must explain
what everybody was told and who sits where: the oracle (`chairs`) tries every order.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import settings

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock, events
from mikrokraad.core.errors import Refusal
from mikrokraad.people.models import Person
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.seats.lists import lists_of
from mikrokraad.seats.models import LIVE, Bundle, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import PoolKey
from mikrokraad.seats.tests import chairs
from mikrokraad.seats.tests.chairs import AT, Hall, Step
from mikrokraad.seats.tests.factories import open_places

pytestmark = pytest.mark.django_db(transaction=True)
SCHEDULES = 5 * settings().max_examples  # 10 000 by `make soak`
THREADS, MOST_STEPS, DAY = 3, 2, timedelta(days=1)
LEARNERS, STUDENTS = ["Ann", "Cy", "Di", "Eve"], ["B1", "B2", "B3"]
EMPTIED = (
    "TRUNCATE seats_bundle, seats_seatclaim, seats_pool, people_registerentry CASCADE"
)


class Crash(Exception):
    """The process ends here; the database undoes what was not committed."""


class House:
    """The same steps on the product: two runs that share a course, and an elective."""

    def __init__(self) -> None:
        self.start = clock.now()
        first, second = catalogue.run(), catalogue.run()
        shared = first.sections.order_by("code")[0]
        second.run_sections.create(section=shared)
        elective = catalogue.section()
        for run in (first, second):
            run.run_sections.create(section=elective, required=False)
        self.runs: dict[str, Run] = {"one": first, "two": second}
        self.units: dict[str, Run | CourseSection] = dict(self.runs)
        self.needs: dict[str, list[str]] = {}
        for name, run in self.runs.items():
            open_places(run, 2, in_sections=2)
            needed = run.run_sections.filter(required=True).order_by("section__code")
            codes = {each.section.code: each.section for each in needed}
            self.units |= codes
            self.needs[name] = [name, *codes]
        self.units[elective.code] = elective
        self.elective, self.shared = elective, shared
        self.people: dict[str, Person] = {name: person() for name in LEARNERS}
        self.names = {each.pk: name for name, each in self.people.items()}

    def empty(self, sizes: dict[str, int]) -> Hall:
        with connection.cursor() as cursor:
            cursor.execute(EMPTIED)
        for unit in self.all_units():
            size = sizes[self.name_of(unit)]
            CapacityUnit.objects.filter(pk=unit.pk).update(
                size=size, overbooking_reason=""
            )
        return Hall(dict(sizes), self.needs, self.elective.code)

    def all_units(self) -> list[CapacityUnit]:
        return list(CapacityUnit.objects.select_related("section"))

    def name_of(self, unit: CapacityUnit) -> str:
        if unit.section:
            return unit.section.code
        return next(name for name, run in self.runs.items() if run.pk == unit.run_id)

    @property
    def at(self) -> Any:  # noqa: ANN401 -- a moment, as actions take it
        return self.start + AT * DAY

    def bundle(self, who: str, run: str) -> Bundle | None:
        of = Bundle.objects.filter(person=self.people[who], run=self.runs[run])
        return of.filter(claims__in=SeatClaim.objects.filter(LIVE)).first()

    def do(self, step: Step) -> None:
        name, args, facts = step
        getattr(self, name)(*args, **facts)

    def sit(self, who: str, run: str, until: int) -> None:
        actions.take_bundle(
            self.runs[run],
            self.people[who],
            hold_until=self.start + until * DAY,
            at=self.start,
        )

    def take(self, who: str, run: str) -> None:
        until = self.start + chairs.LONG * DAY
        bundle = actions.take_bundle(
            self.runs[run], self.people[who], hold_until=until, at=self.at
        )
        assert bundle.person == self.people[who]

    def release(self, who: str, run: str) -> None:
        for bundle in self._all_of(who, run):
            actions.release_bundle(bundle, reason="withdrawn", at=self.at)

    def _all_of(self, who: str, run: str) -> Iterator[Bundle]:
        of = Bundle.objects.filter(person=self.people[who], run=self.runs[run])
        yield from of.order_by("-at")[:1]

    def confirm(self, who: str, run: str) -> None:
        for bundle in self._all_of(who, run):
            actions.confirm_bundle(bundle, at=self.at)
            return
        raise chairs.No("hold-has-expired")

    def choose(self, who: str, run: str, *, wants: bool) -> None:
        for bundle in self._all_of(who, run):
            wanted = [self.elective] if wants else []
            actions.choose_sections(bundle, wanted, at=self.at)
            return
        raise chairs.No("hold-has-expired")

    def expire(self) -> None:
        actions.expire_holds(at=self.at)

    def degree_list(self, unit: str, students: list[str]) -> None:
        section = CourseSection.objects.get(code=unit)
        of = {"section": unit, "term": section.term_id}
        records = [
            {**of, "student": each, "since": "2026-11-01"} for each in students
        ] or [{**of, "student": "", "since": ""}]
        actions.import_places(lists_of(records, at=self.at), by=None, at=self.at)

    def resize(self, unit: str, size: int, *, why: bool) -> None:
        reason = "The dean allowed it." if why else ""
        actions.open_capacity(
            self.units[unit], size, reason=reason, by=None, at=self.at
        )

    def keep(self, unit: str, key: str, pool: chairs.Pool) -> None:
        there = next(u for u in self.all_units() if self.name_of(u) == unit)
        actions.set_pool(
            there,
            PoolKey(key),
            reserved=pool.reserved,
            cap=pool.cap,
            released_at=self.at if pool.released else None,
            by=None,
            at=self.at,
        )

    def seen(self) -> tuple[object, ...]:
        units = {unit.pk: self.name_of(unit) for unit in self.all_units()}
        live = SeatClaim.objects.filter(LIVE)
        who = sorted(
            (
                units[c.unit_id],
                self.names[c.person_id] if c.person_id else c.outside_id,
                c.state == "confirmed",
                c.pool_id is not None,
            )
            for c in live
        )
        now = self.all_units()
        sizes = sorted((units[u.pk], u.size) for u in now)
        return who, sizes, sorted(units[u.pk] for u in now if u.overbooking_reason)


class Dying:
    """Raises before the statement that is the last one to come."""

    def __init__(self, before: int) -> None:
        self.left = before

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:  # noqa: ANN401 -- Django's own signature
        self.left -= 1
        if self.left == 0:
            raise Crash
        return execute(*statement)


def told(house: House, step: Step, dies_before: int) -> str:
    try:
        if not dies_before:
            house.do(step)
        else:
            with transaction.atomic(), connection.execute_wrapper(Dying(dies_before)):
                house.do(step)
    except Refusal as refused:
        return refused.code
    except chairs.No as no:
        return str(no)
    except Crash:
        return "crashed"
    return "done"


def a_step(chance: random.Random, house: House) -> Step:
    who, run = chance.choice(LEARNERS), chance.choice(["one", "one", "two"])
    unit = chance.choice(["one", house.shared.code, house.elective.code])
    section = chance.choice([house.shared.code, house.elective.code])
    students = chance.sample(STUDENTS, chance.randint(0, 3))
    pool = chairs.Pool(
        chance.randint(0, 2), chance.choice([None, 0, 1, 2]), chance.random() < 0.3
    )
    key = chance.choice([chairs.MICRO, chairs.DEGREE])
    size, why = chance.randint(0, 3), chance.random() < 0.5
    ways: list[tuple[int, Step]] = [
        (8, ("take", (who, run), {})),
        (3, ("release", (who, run), {})),
        (3, ("confirm", (who, run), {})),
        (3, ("expire", (), {})),
        (3, ("choose", (who, run), {"wants": chance.random() < 0.7})),
        (3, ("degree_list", (section, students), {})),
        (3, ("resize", (unit, size), {"why": why})),
        (2, ("keep", (unit, key, pool), {})),
    ]
    return chance.choices([s for _n, s in ways], [n for n, _s in ways])[0]


def before(chance: random.Random, house: House) -> Hall:
    """How it stands when the rush begins; one hold may have run out by then."""
    hall = house.empty({name: chance.randint(1, 3) for name in house.units})
    if chance.random() < 0.6:
        who, run = chance.choice(LEARNERS), chance.choice(["one", "two"])
        house.sit(who, run, chairs.SHORT)
        hall.sit(who, hall.needs[run], run, chairs.SHORT)
    for _n in range(chance.randint(0, 3)):
        step = a_step(chance, house)
        hall, said = chairs.after(hall, step)
        assert told(house, step, 0) == said, step
        assert house.seen() == hall.seen(), step
    return hall


def one_schedule(seed: int, house: House, pool: ThreadPoolExecutor) -> None:
    chance = random.Random(seed)
    hall = before(chance, house)
    count = [chance.randint(1, MOST_STEPS) for _n in range(THREADS)]
    steps = [a_step(chance, house) for _n in range(sum(count))]
    dies = [chance.randint(1, 12) if chance.random() < 0.15 else 0 for _each in steps]
    numbers = iter(range(len(steps)))
    lines = [[next(numbers) for _n in range(many)] for many in count]
    ready, said = Barrier(THREADS), [""] * len(steps)

    def one(line: list[int]) -> None:
        ready.wait(timeout=60)
        for n in line:
            said[n] = told(house, steps[n], dies[n])

    list(pool.map(one, lines))

    story = f"schedule {seed}: {lines} {list(zip(steps, said, strict=True))}"
    assert list(invariants.broken(at=house.at)) == [], story
    assert chairs.explains(hall, steps, lines, said, house.seen()), story


@pytest.fixture
def house() -> Iterator[House]:
    """Without the rooms above: there, whoever waits has an application."""
    nobody: dict[type, list[Any]] = {SeatsFreed: [], HoldExpired: []}
    with patch.dict(events._reactions, nobody):  # noqa: SLF001
        yield House()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """People with a connection each, which they keep from schedule to schedule."""
    together = Barrier(THREADS)

    def close(_n: int) -> None:
        together.wait(timeout=60)
        connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        yield pool
        list(pool.map(close, range(THREADS)))


def test_some_order_of_steps_explains_every_schedule(
    house: House, threads: ThreadPoolExecutor
) -> None:
    for seed in range(SCHEDULES):
        one_schedule(seed, house, threads)
