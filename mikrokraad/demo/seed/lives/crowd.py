"""Everybody else: groups that study now, groups that have finished, and new applicants."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.calendar import day_of, end_of, start_of
from mikrokraad.demo.seed.lives import teaching
from mikrokraad.demo.seed.lives.awarding import awarding
from mikrokraad.demo.seed.lives.diary import Life, at_the_office
from mikrokraad.demo.seed.lives.plans import Pay, any_plan, between, sure_plan
from mikrokraad.demo.seed.lives.situations import EMPLOYER, join
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.demo.seed.university import (
    CLOSED,
    COMMISSIONED,
    FULL,
    UNDER_MINIMUM,
    WAITING,
)
from mikrokraad.people.models import Person
from mikrokraad.studies.actions import interrupt
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.rules import LIVE

WELL, PARTLY, BADLY, ABSENT, LATE, FORGOTTEN = teaching.FATES
EXAMPLE_FATES = [WELL] * 5 + [PARTLY, BADLY, ABSENT, LATE, FORGOTTEN]
FATES = [WELL, PARTLY, WELL, LATE, FORGOTTEN, WELL]
EXAMPLES = ["systems-analysis", "data-science"]
EMPLOYERS = [EMPLOYER, "19999029"]
SHOWN_ALONE = {FULL, WAITING, CLOSED, UNDER_MINIMUM}  # nobody else joins these
LEAST_WEEKS = timedelta(weeks=3)
HALF_DONE = 2  # courses of each lecturer that have results before the end
LAST_CALL = timedelta(days=6)  # before the deadline, so that there is time to pay


def finish(town: Town, runs: dict[str, Run]) -> None:
    """Groups of the past: everything is assessed, or nearly."""
    first = next((slug for slug in EXAMPLES if slug in runs), next(iter(runs), ""))
    for slug, run in runs.items():
        fates = EXAMPLE_FATES if slug == first else FATES
        for n, fate in enumerate(fates):
            andres = town.staff("andres.pihlakas") if slug == first and n == 0 else None
            person = _study(town, run, andres)
            if person is not None:
                town.fates[run.pk, person.pk] = fate
        town.diary.begin(teaching.choosing(town, run))
        town.diary.begin(awarding(town, run, example=slug == first))
    for section in _sections(runs):
        _examine(town, section)
        for fate, days in ((LATE, 6), (FORGOTTEN, 1)):
            at = town.lately(days)
            town.diary.begin(teaching.catching_up(town, section, at, fate))


def study(town: Town, runs: dict[str, Run], *, each: int) -> None:
    """Groups of this semester; the employer of one of them has not paid yet."""
    for slug, run in runs.items():
        for n in range(each):
            employer = EMPLOYER if slug == COMMISSIONED else ""
            _study(town, run, employer=employer, pays=n > 0)
        town.diary.begin(teaching.choosing(town, run))
    for run in list(runs.values())[:1]:
        town.diary.begin(_leaving(town, run))
    by_teacher: defaultdict[str, list[CourseSection]] = defaultdict(list)
    for section in _sections(runs):
        by_teacher[teaching.lecturer_email(section)].append(section)
    for sections in by_teacher.values():
        for n, section in enumerate(sections):
            _examine_now(town, section, n)


def apply(town: Town, runs: dict[str, Run], *, count: int) -> None:
    """Ordinary applicants of the coming semester; some programmes are more popular."""
    takes = [
        run
        for slug, run in runs.items()
        if slug not in SHOWN_ALONE and run.deadline > town.made.today
    ]
    if not takes:
        return
    town.rng.shuffle(takes)
    weights = [1 / (place + 1) for place in range(len(takes))]
    for run in town.rng.choices(takes, weights, k=count):
        begins = between(town.rng, run.opens_at, town.now - timedelta(hours=1))
        join(town, run, any_plan(town.rng, begins, employers=EMPLOYERS))


def _study(
    town: Town,
    run: Run,
    person: Person | None = None,
    *,
    employer: str = "",
    pays: bool = True,
) -> Person | None:
    """Somebody who applies in time, pays, and then studies."""
    last = min(end_of(run.deadline) - LAST_CALL, town.now)
    begins = between(town.rng, run.opens_at + timedelta(hours=9), last)
    plan = sure_plan(town.rng, begins, employer=employer)
    if not pays:
        plan = replace(plan, pay=Pay.NEVER) if employer else plan
    return join(town, run, plan, person)


def _sections(runs: dict[str, Run]) -> list[CourseSection]:
    return list(
        CourseSection.objects.filter(run_sections__run__in=runs.values())
        .distinct()
        .order_by("code")
    )


def _examine(town: Town, section: CourseSection) -> None:
    """Grades some days after the exam, confirmed."""
    exam = teaching.exam_of(section)
    entered = at_the_office(town.rng, day_of(exam) + timedelta(days=3))
    town.diary.begin(teaching.assessing(town, section, entered))


def _examine_now(town: Town, section: CourseSection, turn: int) -> None:
    """What is over is confirmed. Of each lecturer's courses that go on, the first is
    confirmed already, and the second is entered and waits for the second click."""
    if teaching.exam_of(section) < town.now - timedelta(days=10):
        _examine(town, section)
    elif section.term.starts_on < town.made.today - LEAST_WEEKS and turn < HALF_DONE:
        entered = town.lately(5 if turn == 0 else 2)
        town.diary.begin(teaching.assessing(town, section, entered, confirm=turn == 0))


def _leaving(town: Town, run: Run) -> Life:
    """Somebody ends their studies early."""
    yield max(start_of(run.starts_on) + LEAST_WEEKS, town.lately(8))
    going = Enrolment.objects.filter(run=run, state__in=LIVE)
    last = going.order_by("-person__email").first()
    if last is not None:
        why = town.say("interrupted", "et")
        interrupt(last, reason=why, by=town.officer(), at=town.at)
