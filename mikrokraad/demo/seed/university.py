"""Builds the demonstration university: what is taught, when, and who is there."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mikrokraad.catalogue.founding import make_kinds_and_fields, make_synonyms
from mikrokraad.catalogue.models import Intake, Run
from mikrokraad.demo.seed import catalogue, curricula, many, people, texts
from mikrokraad.demo.seed.catalogue import World
from mikrokraad.demo.seed.dates import (
    FACTS_DEADLINE,
    Semester,
    open_semester,
    summer_of,
)

FULL, WAITING = "programming", "teaching-biology-in-secondary-school"
CLOSED, UNDER_MINIMUM = "creative-entrepreneur", "corporate-finance"
FINISHED = ["data-science", "systems-analysis", "entrepreneurship"]
SUMMER, COMMISSIONED = (
    "digital-society-summer-school",
    "enefit-strategic-leader-masterclass",
)
# What shows most, first: a small demonstration has only these.
TELLING = [
    "data-science",
    FULL,
    WAITING,
    CLOSED,
    UNDER_MINIMUM,
    SUMMER,
    "systems-analysis",
    "entrepreneurship",
    COMMISSIONED,
]
SMALL_GROUP = 10
EVERY_SEVENTH, EVERY_TENTH = 7, 10
OPEN_FOR = 20  # days that what is open has been open at least


@dataclass
class University:
    """What has been made, for those who fill it with life."""

    world: World
    today: date
    at: datetime
    open_runs: dict[str, Run] = field(default_factory=dict)
    running: dict[str, Run] = field(default_factory=dict)
    finished: dict[str, Run] = field(default_factory=dict)
    later: dict[str, Run] = field(default_factory=dict)


def build(*, at: datetime, today: date, programmes: int | None) -> University:
    """Everything but the learners' lives. `programmes`: how many, None for all."""
    founded = at - timedelta(days=500)
    people.make_institution()
    units = people.make_units()
    world = World(
        units=units,
        people=people.make_people(units, at=founded),
        at=founded,
        courses={},
        sections={},
        versions={},
    )
    make_kinds_and_fields()
    make_synonyms()
    world.courses.update(catalogue.make_courses(units))
    chosen = _chosen(programmes)
    for facts in chosen:
        world.versions[facts["slug"]] = catalogue.make_programme(facts, world)
    catalogue.make_stories(world)
    curricula.make_curricula(
        world,
        decided_by=world.people["hillar.mootevakk"],
        valid_from=founded.date(),
    )
    university = University(world, today, at)
    _make_runs(university, chosen)
    if programmes and programmes > len(chosen):
        _make_more(university, programmes - len(chosen))
    return university


def _make_more(university: University, count: int) -> None:
    many.make_many(count, university.world, times_of(university.today))


def times_of(today: date) -> many.Times:
    """The intakes into which many runs go."""
    coming = open_semester(today)
    intakes = Intake.objects.select_related("term")
    return many.Times(
        coming=intakes.get(term=coming.code),
        after=intakes.get(term=coming.after.code),
        today=today,
    )


def _chosen(count: int | None) -> list[dict[str, Any]]:
    """The programmes that show a situation first, when only some are wanted."""
    known = texts.programmes()
    if count is None or count == len(known):
        return known
    order = {slug: place for place, slug in enumerate(TELLING)}
    known = sorted(
        known,
        key=lambda p: (order.get(p["slug"], len(order)), not p["situation"], p["slug"]),
    )
    return known[:count]


def _make_runs(university: University, chosen: list[dict[str, Any]]) -> None:
    coming = open_semester(university.today)
    running, past = coming.before, coming.before.before
    intakes = {
        semester: catalogue.make_intake(semester)
        for semester in (past, running, coming, coming.after)
    }
    summer = catalogue.make_summer(summer_of(university.today))
    for place, facts in enumerate(chosen):
        slug = facts["slug"]
        if facts["kind"] == "summer-school":
            university.open_runs[slug] = _run(university, facts, summer, is_open=True)
            continue
        university.open_runs[slug] = _open_run(
            university, facts, coming, intakes[coming]
        )
        if place % EVERY_TENTH == 0 or slug in {*FINISHED, COMMISSIONED}:
            university.running[slug] = _run(university, facts, intakes[running])
        if place % EVERY_SEVENTH == 0:
            university.later[slug] = _run(university, facts, intakes[coming.after])
        if slug in FINISHED:
            university.finished[slug] = _run(university, facts, intakes[past])


def _open_run(
    university: University, facts: dict[str, Any], coming: Semester, intake: Intake
) -> Run:
    deadline, places = None, None
    if facts["deadline_rule"] != "default":
        fact = date.fromisoformat(facts["deadline_rule"])
        deadline = max(
            coming.deadline_like(fact), university.today + timedelta(days=10)
        )
        deadline = None if fact == FACTS_DEADLINE else deadline
    if facts["slug"] == CLOSED:
        deadline = university.today - timedelta(days=5)
    if facts["slug"] == UNDER_MINIMUM:
        deadline = university.today + timedelta(days=9)
    if facts["slug"] in {FULL, WAITING}:
        places = SMALL_GROUP
    return _run(
        university, facts, intake, deadline=deadline, places=places, is_open=True
    )


def _run(
    university: University,
    facts: dict[str, Any],
    intake: Intake,
    *,
    deadline: date | None = None,
    places: int | None = None,
    is_open: bool = False,
) -> Run:
    """A run of the newest version; what takes applications today opened before today."""
    version = university.world.versions[facts["slug"]][-1]
    last_day = deadline or intake.default_deadline
    opens_on = last_day - timedelta(days=200 if "summer" in intake.term.code else 75)
    if is_open:
        opens_on = min(opens_on, university.today - timedelta(days=OPEN_FOR))
    return catalogue.make_run(
        version,
        facts,
        intake,
        university.world,
        opens_on=opens_on,
        deadline=deadline,
        places=places,
    )
