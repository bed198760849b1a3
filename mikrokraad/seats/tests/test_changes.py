"""The number of changes of a capacity grows whenever what is left may have changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.queries import edition
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions
from mikrokraad.seats.models import CapacityUnit, Pool
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def run() -> Run:
    return run_with_places(3)


def grown(change: Callable[[], object]) -> list[bool]:
    """Of every unit, whether its number grew."""
    before = dict(CapacityUnit.objects.values_list("pk", "changes"))
    change()
    after = CapacityUnit.objects.order_by("pk").values_list("pk", "changes")
    return [changes > before[pk] for pk, changes in after]


def test_it_grows_with_every_place_of_a_bundle(run: Run) -> None:
    at = clock.now()
    learner = person()

    assert grown(
        lambda: actions.take_bundle(run, learner, hold_until=at + WEEK, at=at)
    ) == [True, True, True]
    bundle = learner.bundles.get()
    assert all(grown(lambda: actions.confirm_bundle(bundle, at=at)))
    assert all(grown(lambda: actions.release_bundle(bundle, reason="left", at=at)))


def test_it_grows_when_a_hold_expires(run: Run) -> None:
    at = clock.now()
    actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)

    assert all(grown(lambda: actions.expire_holds(at=at + WEEK)))


def test_it_grows_with_the_units_own_size_and_its_pools(run: Run) -> None:
    unit = run.capacity

    assert grown(lambda: actions.open_capacity(run, 5, by=None, at=clock.now())) == [
        True,
        False,
        False,
    ]
    assert any(grown(lambda: Pool.objects.create(unit=unit, key="block", reserved=1)))
    assert any(grown(lambda: Pool.objects.update(reserved=2)))
    assert any(grown(lambda: Pool.objects.all().delete()))


def test_a_whole_row_saved_from_an_older_reading_does_not_bring_it_back(
    run: Run,
) -> None:
    older = CapacityUnit.objects.get(run=run)
    at = clock.now()
    actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)

    assert grown(older.save)[0]


def test_a_change_that_is_taken_back_leaves_it(run: Run) -> None:
    at = clock.now()

    def refused() -> None:
        with transaction.atomic():
            actions.take_bundle(run, person(), hold_until=at + WEEK, at=at)
            transaction.set_rollback(True)

    assert not any(grown(refused))


def test_opening_places_is_a_new_edition() -> None:
    run = catalogue.run()
    before = edition()

    actions.open_capacity(run, 5, by=None, at=clock.now())

    assert edition() > before
