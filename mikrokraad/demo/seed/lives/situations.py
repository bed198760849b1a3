"""Who applies where: what the demonstration has to show, run by run."""

from datetime import datetime, time, timedelta
from functools import partial

from mikrokraad.admissions.actions import offer_freed_places
from mikrokraad.catalogue.models import Run
from mikrokraad.core.calendar import day_of, zone
from mikrokraad.demo.seed.lives import beside
from mikrokraad.demo.seed.lives.applying import applying
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.plans import Answer, Pay, Plan, Stop
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.report import OPEN
from mikrokraad.demo.seed.university import (
    CLOSED,
    COMMISSIONED,
    FULL,
    SMALL_GROUP,
    SUMMER,
    UNDER_MINIMUM,
    WAITING,
)
from mikrokraad.people.models import Person
from mikrokraad.studies.actions import end_studies
from mikrokraad.studies.models import Enrolment

SOFIA_CAME = 7  # days ago, as the third of those who wait
BEGUN = "data-analysis"
EMPLOYER = "19999012"  # Virmalise Energia OÜ


def join(
    town: Town, run: Run, plan: Plan, person: Person | None = None
) -> Person | None:
    """Let somebody apply as planned: this person, or whose turn it is."""
    if plan.begins < run.opens_at:
        return None
    if person is None:
        person = town.cast.next_for(run, plan.begins)
    else:
        town.cast.enter(run, person, plan.begins)
    if person is not None:
        town.plans += 1
        town.diary.begin(applying(town, run, person, plan))
    return person


def morning(town: Town, days: int) -> datetime:
    """Some minute after eight in the morning, so many days ago."""
    day = day_of(town.now) - timedelta(days=days)
    return datetime.combine(day, time(8, town.rng.randint(0, 59)), tzinfo=zone())


def show_open(town: Town, runs: dict[str, Run]) -> None:
    """One person in each state that an application can be in while a run is open."""
    run = runs.get(OPEN)
    if run is None:
        return
    for days, plan in [
        (2, partial(Plan, stop=Stop.DRAFT)),
        (1, partial(Plan, stop=Stop.SENT)),
        (16, partial(Plan, stop=Stop.SENT)),
        (3, partial(Plan, stop=Stop.READ)),
        (4, partial(Plan, stop=Stop.ASKED)),
        (4, partial(Plan, answer=Answer.IGNORE)),
        (18, partial(Plan, answer=Answer.IGNORE)),
        (9, partial(Plan, answer=Answer.DECLINE)),
        (10, partial(Plan, answer=Answer.WITHDRAW)),
        (12, partial(Plan, rejected=True)),
        (6, partial(Plan, pay=Pay.NEVER)),
        (17, partial(Plan, pay=Pay.NEVER, answer_days=1)),
        (11, partial(Plan, pay=Pay.CARD, pay_days=1)),
        (13, partial(Plan, pay=Pay.BANK, pay_days=1)),
        (10, partial(Plan, pay=Pay.TOO_LITTLE, pay_days=1)),
        (9, partial(Plan, pay=Pay.WITHOUT_REFERENCE, pay_days=1)),
        (14, partial(Plan, employer=EMPLOYER, pay_days=4)),
    ]:
        join(town, run, plan(morning(town, days)))


def show_full(town: Town, runs: dict[str, Run]) -> None:
    run = runs.get(FULL)
    if run is not None:
        for n in range(SMALL_GROUP):
            pay = Pay.CARD if n % 2 else Pay.BANK
            join(town, run, Plan(morning(town, 18 - n), pay=pay))


def show_waiting(town: Town, runs: dict[str, Run]) -> None:
    """Everybody who came first has a place; five wait, two of them together; then
    somebody gives up."""
    run = runs.get(WAITING)
    if run is None:
        return
    placed = [
        join(town, run, Plan(morning(town, 19 - n // 2))) for n in range(SMALL_GROUP)
    ]
    waiting = []
    for days in (9, 8, SOFIA_CAME, 6, 5):
        sofia = town.staff("sofia.parn") if days == SOFIA_CAME else None
        waiting.append(join(town, run, Plan(morning(town, days)), sofia))
    friends = [each for each in waiting[-2:] if each]
    town.diary.begin(beside.waiting_together(town, run, friends))
    if placed[-1] is not None:
        town.diary.begin(_giving_up(town, run, placed[-1]))


def _giving_up(town: Town, run: Run, person: Person) -> Life:
    """Somebody does not come after all, so that the first who waits has an offer now."""
    yield town.now - timedelta(hours=2)
    enrolment = Enrolment.objects.get(run=run, person=person)
    end_studies(
        enrolment, reason=town.say("gave_up", "et"), by=town.officer(), at=town.at
    )
    offer_freed_places(at=town.at)


def show_closed(town: Town, runs: dict[str, Run]) -> None:
    """The deadline has passed: a queue to decide, and decisions not yet told."""
    run = runs.get(CLOSED)
    if run is None:
        return
    stops = [Stop.SENT] * 3 + [Stop.READ] * 2 + [Stop.ASKED] + [Stop.STAGED] * 3
    for n, stop in enumerate(stops):
        join(town, run, Plan(morning(town, 6 + n), stop=stop))
    for days in (7, 11):
        join(town, run, Plan(morning(town, days), stop=Stop.STAGED, rejected=True))


def show_under_minimum(town: Town, runs: dict[str, Run]) -> None:
    run = runs.get(UNDER_MINIMUM)
    if run is not None:
        join(town, run, Plan(morning(town, 12), pay=Pay.CARD))
        join(town, run, Plan(morning(town, 9), pay=Pay.BANK))
        join(town, run, Plan(morning(town, 5), pay=Pay.NEVER))
        join(town, run, Plan(morning(town, 2), stop=Stop.SENT))


def show_summer(town: Town, runs: dict[str, Run]) -> None:
    """A visitor from far away has to pay; the last one has not paid to be read yet."""
    run = runs.get(SUMMER)
    if run is None:
        return
    join(town, run, Plan(morning(town, 4), pay=Pay.NEVER), town.staff("beatriz.linho"))
    for days, plan in [
        (15, partial(Plan, pay=Pay.CARD)),
        (11, partial(Plan, pay=Pay.CARD, pay_days=2)),
        (8, partial(Plan, answer=Answer.IGNORE, release_days=1)),
        (3, partial(Plan, stop=Stop.ASKED)),
        (2, partial(Plan, stop=Stop.READ)),
        (1, partial(Plan, stop=Stop.SENT)),
        (2, partial(Plan, stop=Stop.FEE)),
    ]:
        join(town, run, plan(morning(town, days)))


def show_employer(town: Town, runs: dict[str, Run]) -> None:
    """Two employees of one firm, whose invoices are not due yet."""
    run = runs.get(COMMISSIONED)
    if run is not None:
        for days in (7, 5):
            plan = Plan(morning(town, days), employer=EMPLOYER, pay=Pay.NEVER)
            join(town, run, plan)


def show_draft(town: Town, runs: dict[str, Run]) -> None:
    """The accountant has begun an application, and not finished it."""
    run = runs.get(BEGUN)
    if run is not None:
        plan = Plan(morning(town, 3), stop=Stop.DRAFT)
        join(town, run, plan, town.staff("liis.maasikas"))


SHOWN = [
    show_open,
    show_full,
    show_waiting,
    show_closed,
    show_under_minimum,
    show_summer,
    show_employer,
    show_draft,
    beside.show_degree_students,
]
