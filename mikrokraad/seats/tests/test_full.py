"""Which runs have no place left, asked of all at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions
from mikrokraad.seats.full import full_runs
from mikrokraad.seats.models import CapacityUnit, Pool
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def full(places: int = 1) -> Run:
    run = run_with_places(places)
    for _place in range(places):
        take(run)
    return run


def take(run: Run) -> None:
    at = clock.now()
    actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)


def full_now() -> frozenset[object]:
    return frozenset(full_runs(at=clock.now()))


def test_only_a_run_without_a_place_is_full() -> None:
    taken, half = full(2), run_with_places(2)
    take(half)

    assert full_now() == {taken.pk}


def test_a_run_is_full_when_a_required_course_is() -> None:
    crowded = run_with_places(5, in_sections=1)
    take(crowded)

    assert full_now() == {crowded.pk}


def test_a_run_is_full_while_a_required_course_has_no_places_opened() -> None:
    waiting = run_with_places(5)
    CapacityUnit.objects.filter(section__in=waiting.sections.all()).delete()

    assert full_now() == {waiting.pk}


def test_a_run_is_full_when_a_required_course_has_room_for_nobody() -> None:
    assert full_now() == set()

    closed = run_with_places(5, in_sections=0)

    assert full_now() == {closed.pk}


def test_places_kept_for_a_pool_are_nobody_elses_until_they_are_released() -> None:
    run = run_with_places(1)
    pool = Pool.objects.create(unit=run.capacity, key="block", reserved=1)
    assert full_now() == {run.pk}

    Pool.objects.filter(pk=pool.pk).update(released_at=clock.now())
    assert full_now() == set()


def test_a_run_that_nobody_sees_or_that_has_no_places_yet_is_not_full() -> None:
    hidden, nothing = full(), run_with_places(0)
    Run.objects.filter(pk=hidden.pk).update(published_at=None)

    assert full_now() == set()
    assert nothing.capacity.size == 0


def test_full_runs_are_asked_for_in_as_many_queries_however_many() -> None:
    full()
    with CaptureQueriesContext(connection) as few:
        full_now()
    for _run in range(4):
        full()

    with CaptureQueriesContext(connection) as more:
        full_now()

    assert len(full_now()) == 5
    assert len(more) == len(few)
