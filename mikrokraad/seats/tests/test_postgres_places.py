"""Two hundred at once for thirty places: thirty get one, the rest wait, nobody is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.models import Person
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants
from mikrokraad.seats.models import SeatClaim
from mikrokraad.seats.rules import NoSeatLeft
from mikrokraad.seats.tests.factories import open_places, run_with_places
from mikrokraad.seats.waiting import waitlist_position

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, PLACES = 200, 30
WEEK = timedelta(days=7)


def all_at_once(work: Callable[[int], str]) -> list[str]:
    """What each of two hundred clients was told, when all ask in the same moment."""
    ready = Barrier(CLIENTS)

    def one(n: int) -> str:
        try:
            connection.ensure_connection()
            ready.wait(timeout=60)
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


def take_or_wait(run: Run, learner: Person) -> str:
    at = clock.now()
    try:
        actions.take_bundle(run, learner, hold_until=at + WEEK, at=at)
    except NoSeatLeft as full:
        actions.join_waitlist(run, learner, at=at)
        return full.bottleneck
    return "placed"


def test_exactly_thirty_get_a_place_and_the_rest_wait_in_order() -> None:
    run = run_with_places(PLACES, in_sections=CLIENTS)
    crowd = [person() for _n in range(CLIENTS)]

    told = all_at_once(lambda n: take_or_wait(run, crowd[n]))

    assert told.count("placed") == PLACES
    assert told.count("run") == CLIENTS - PLACES
    positions = [waitlist_position(run, each) for each in crowd]
    assert sorted(filter(None, positions)) == list(range(1, CLIENTS - PLACES + 1))
    placed = {n for n, each in enumerate(told) if each == "placed"}
    assert placed == {n for n, position in enumerate(positions) if position is None}
    assert SeatClaim.objects.count() == PLACES * (1 + run.sections.count())
    assert list(invariants.broken(at=clock.now())) == []


def test_a_course_that_two_programmes_share_is_never_oversold() -> None:
    first = run_with_places(CLIENTS, in_sections=CLIENTS)
    second = catalogue.run()
    shared = first.sections.order_by("code")[0]
    second.run_sections.create(section=shared)
    open_places(second, CLIENTS, in_sections=CLIENTS)
    actions.open_capacity(shared, PLACES, by=None, at=clock.now())
    crowd = [person() for _n in range(CLIENTS)]

    told = all_at_once(lambda n: take_or_wait(second if n % 2 else first, crowd[n]))

    assert told.count("placed") == PLACES
    assert told.count(shared.code) == CLIENTS - PLACES
    assert SeatClaim.objects.filter(unit__section=shared).count() == PLACES
    assert list(invariants.broken(at=clock.now())) == []


def test_one_person_at_two_hundred_windows_gets_one_place() -> None:
    run, learner = run_with_places(PLACES, in_sections=CLIENTS), person()

    told = all_at_once(lambda _n: take_or_wait(run, learner))

    assert told.count("placed") == CLIENTS
    assert SeatClaim.objects.count() == 1 + run.sections.count()
