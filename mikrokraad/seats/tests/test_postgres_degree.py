"""Degree students, learners and friends at the same time: never one place too many."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants
from mikrokraad.seats.lists import SectionList, lists_of
from mikrokraad.seats.models import LIVE, SeatClaim
from mikrokraad.seats.rules import PoolKey
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, SIZE, DEGREE, KEPT = 60, 40, 15, 5
WEEK = timedelta(days=7)


def all_at_once(clients: int, work: Callable[[int], str]) -> list[str]:
    """What each client was told, when all ask in the same moment."""
    ready = Barrier(clients)

    def one(n: int) -> str:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            return work(n)
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(one, range(clients)))


def the_list(section: CourseSection) -> list[SectionList]:
    of = {"section": section.code, "term": section.term_id, "since": "2026-11-01"}
    students = [{**of, "student": f"B{n}"} for n in range(DEGREE)]
    return lists_of(students, at=clock.now())


def test_learners_get_only_what_the_study_system_and_the_pools_leave() -> None:
    """Thirty learners, and thirty times the same list, in one moment."""
    run = run_with_places(CLIENTS, in_sections=CLIENTS)
    section, at = run.sections.order_by("code")[0], clock.now()
    unit = actions.open_capacity(section, SIZE, by=None, at=at)
    kept = {"reserved": DEGREE + KEPT, "cap": None, "released_at": at + WEEK}
    actions.set_pool(unit, PoolKey.DEGREE, **kept, by=None, at=at)  # type: ignore[arg-type]
    crowd = [person() for _n in range(CLIENTS)]

    def work(n: int) -> str:
        if n % 2:
            actions.import_places(the_list(section), by=None, at=at)
            return "list"
        actions.take_bundle(run, crowd[n], hold_until=at + WEEK, at=at)
        return "placed"

    told = all_at_once(CLIENTS, work)

    left = SIZE - DEGREE - KEPT
    counts = (told.count("list"), told.count("placed"), told.count("no-seat-left"))
    assert counts == (CLIENTS // 2, left, CLIENTS // 2 - left)
    claims = SeatClaim.objects.filter(LIVE, unit=unit)
    assert claims.filter(person=None).count() == DEGREE
    assert claims.filter(person__isnull=False).count() == left
    assert list(invariants.broken(at=at)) == []


def test_a_group_is_never_fuller_than_it_may_be() -> None:
    """A whole crowd presses the same link in one moment."""
    run = run_with_places(0)
    crowd = [person() for _n in range(20)]
    for each in crowd:
        actions.join_waitlist(run, each, at=clock.now())
    group = actions.make_group(run, crowd[0], at=clock.now())

    def work(n: int) -> str:
        actions.join_group(group, crowd[n], at=clock.now())
        return "in"

    told = all_at_once(len(crowd), work)

    assert told.count("in") == group.entries.count() == 4
