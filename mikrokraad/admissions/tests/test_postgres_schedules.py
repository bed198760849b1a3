"""Random schedules of everything that moves places and people, crashes among them.

Several people at once send, accept, pay, choose, withdraw and wait together, while
degree students, sizes, pools and the clock change. Afterwards nothing is broken, and
after one tick of the clock nobody waits in vain. What was told is proven in `seats`.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from hypothesis import settings

from mikrokraad.admissions import actions, clocks, invariants
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.people.models import Person
from mikrokraad.people.tests.factories import institution, person
from mikrokraad.seats import actions as seats
from mikrokraad.seats import clocks as seat_clocks
from mikrokraad.seats import invariants as places
from mikrokraad.seats import waiting
from mikrokraad.seats.lists import lists_of
from mikrokraad.seats.models import CapacityUnit
from mikrokraad.seats.rules import PoolKey
from mikrokraad.seats.tests.factories import open_places
from mikrokraad.seats.tests.test_postgres_schedules import Crash, Dying

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = settings().max_examples
SCHEDULES = 5 * EXAMPLES if EXAMPLES >= 2000 else EXAMPLES  # 10 000 by `make soak`
THREADS, STEPS, DAY = 3, 3, timedelta(days=1)
EMPTIED = """
TRUNCATE admissions_application, seats_bundle, seats_seatclaim, seats_pool,
seats_waitlistentry, seats_waitinggroup, fees_agreement, core_outboxmessage,
people_registerentry CASCADE
"""
Step = Callable[["House", random.Random], None]


class House:
    """Two runs that share a course; who applies has a draft for both."""

    def __init__(self) -> None:
        institution()
        self.now = clock.now()
        first, second = (
            catalogue.run(admission_mode=AdmissionMode.INSTANT) for _n in range(2)
        )
        self.shared = first.sections.order_by("code")[0]
        second.run_sections.create(section=self.shared)
        self.elective = catalogue.section()
        first.run_sections.create(section=self.elective, required=False)
        self.runs: list[Run] = [first, second]
        for run in self.runs:
            open_places(run, 2, in_sections=3)
        self.people: list[Person] = [person(birth_date=clock.today()) for _n in "abcde"]

    def empty(self, chance: random.Random) -> None:
        with connection.cursor() as cursor:
            cursor.execute(EMPTIED)
        for unit in CapacityUnit.objects.all():
            size = chance.randint(1, 3)
            now = CapacityUnit.objects.filter(pk=unit.pk)
            now.update(size=size, overbooking_reason="")
        Application.objects.bulk_create(
            Application(
                person=each,
                run=run,
                education="higher",
                education_about="Tartu, law, 2012",
                payer_kind="self",
                started_at=self.now,
                changed_at=self.now,
                move_by=self.now + 30 * DAY,
            )
            for each in self.people
            for run in self.runs
        )

    def one(self, chance: random.Random, *states: State) -> Application:
        """Somebody's application, more often one in such a state."""
        there = Application.objects.select_related("person", "run").order_by("pk")
        fit = list(there.filter(state__in=states)) or list(there)
        return chance.choice(fit)


def send(house: House, chance: random.Random) -> None:
    it = house.one(chance, State.DRAFT)
    actions.submit(it, by=it.person, at=house.now)


def accept(house: House, chance: random.Random) -> None:
    it = house.one(chance, State.OFFERED)
    actions.accept_offer(it, by=it.person, at=house.now)


def pay(house: House, chance: random.Random) -> None:
    it = house.one(chance, State.ADMITTED)
    if it.agreement_id:
        actions.enrol_paid_applicant(PaymentRuleMet(it.agreement_id, house.now))


def choose(house: House, chance: random.Random) -> None:
    it = house.one(chance, State.ENROLLED)
    if it.bundle:
        wanted = [house.elective] if chance.random() < 0.7 else []
        seats.choose_sections(it.bundle, wanted, at=house.now)


def withdraw(house: House, chance: random.Random) -> None:
    it = house.one(chance, State.OFFERED, State.WAITLISTED, State.ADMITTED)
    actions.withdraw(it, by=it.person, at=house.now)


def lapse(house: House, chance: random.Random) -> None:
    """Somebody's clock is days ahead."""
    later = house.now + chance.randint(0, 9) * DAY
    seats.expire_holds(at=later)
    actions.lapse_offers(at=later)


def tick(house: House, chance: random.Random) -> None:
    actions.offer_freed_places(at=house.now)


def resize(house: House, chance: random.Random) -> None:
    things: list[Run | CourseSection] = [*house.runs, house.shared]
    thing = chance.choice(things)
    why = chance.choice(["", "The dean allowed it."])
    size = chance.randint(0, 4)
    seats.open_capacity(thing, size, reason=why, by=None, at=house.now)


def degree_list(house: House, chance: random.Random) -> None:
    names = chance.sample(["B1", "B2", "B3"], chance.randint(0, 3))
    of = {"section": house.shared.code, "term": house.shared.term_id}
    records = [{**of, "student": name, "since": "2026-11-01"} for name in names]
    lists = lists_of(records or [{**of}], at=house.now)
    seats.import_places(lists, by=None, at=house.now)


def keep(house: House, chance: random.Random) -> None:
    seats.set_pool(
        CapacityUnit.objects.get(section=house.shared),
        chance.choice([PoolKey.DEGREE, PoolKey.MICRO]),
        reserved=chance.randint(0, 2),
        cap=chance.choice([None, 1, 2]),
        released_at=chance.choice([None, house.now]),
        by=None,
        at=house.now,
    )


def come_together(house: House, chance: random.Random) -> None:
    run = chance.choice(house.runs)
    waits = list(waiting.waiting_people(run))
    if len(waits) > 1:
        first, second = chance.sample(waits, 2)
        group = seats.make_group(run, first.person, at=house.now)
        seats.join_group(group, second.person, at=house.now)


def leave_group(house: House, chance: random.Random) -> None:
    run = chance.choice(house.runs)
    seats.leave_group(run, chance.choice(house.people), at=house.now)


WAYS: list[tuple[Step, int]] = [
    (send, 6),
    (accept, 3),
    (pay, 2),
    (choose, 2),
    (withdraw, 3),
    (lapse, 2),
    (tick, 1),
    (resize, 2),
    (degree_list, 2),
    (keep, 1),
    (come_together, 2),
    (leave_group, 1),
]


def do(house: House, step: Step, chance: random.Random) -> None:
    """A refusal is an answer; one in seven dies before some statement."""
    dies = chance.randint(1, 40) if chance.random() < 0.15 else 0
    try:
        if dies:
            with transaction.atomic(), connection.execute_wrapper(Dying(dies)):
                step(house, chance)
        else:
            step(house, chance)
    except (Refusal, Crash):
        return


def broken(house: House, *, later: timedelta) -> list[tuple[str, str]]:
    at = house.now + later
    return [*places.broken(at=at), *invariants.broken(at=at)]


def one_schedule(seed: int, house: House, threads: ThreadPoolExecutor) -> None:
    chance = random.Random(seed)
    house.empty(chance)
    for _n in range(4):
        do(house, send, chance)
    steps, weights = zip(*WAYS, strict=True)
    lines = [chance.choices(steps, weights, k=STEPS) for _n in range(THREADS)]
    chances = [random.Random(chance.random()) for _line in lines]
    ready = Barrier(THREADS)

    def one(n: int) -> None:
        ready.wait(timeout=60)
        for step in lines[n]:
            do(house, step, chances[n])

    list(threads.map(one, range(THREADS)))

    story = f"schedule {seed}: {[[s.__name__ for s in line] for line in lines]}"
    assert broken(house, later=timedelta()) == [], story
    seat_clocks.tick(at=house.now)
    clocks.tick(at=house.now)
    assert broken(house, later=timedelta(hours=1)) == [], story


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


def test_no_schedule_breaks_a_promise(threads: ThreadPoolExecutor) -> None:
    house = House()
    for seed in range(SCHEDULES):
        one_schedule(seed, house, threads)
