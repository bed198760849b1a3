"""Places kept for, or limited for, one group of people."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.core.events import _reactions
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants, queries
from mikrokraad.seats.events import SeatsFreed
from mikrokraad.seats.full import full_runs
from mikrokraad.seats.lists import lists_of
from mikrokraad.seats.models import LIVE, Bundle, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import (
    NoSeatLeft,
    PoolKey,
    PoolsDoNotFit,
    PoolUse,
    ReasonNeeded,
    room_for,
)
from mikrokraad.seats.tests.factories import run_with_places

NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)
KEYS = [key.value for key in PoolKey]
FEW = st.integers(0, 4)


def pools() -> st.SearchStrategy[list[PoolUse]]:
    def one(key: str) -> st.SearchStrategy[PoolUse]:
        return st.builds(
            PoolUse,
            st.just(KEYS.index(key)),
            st.just(key),
            FEW,
            st.none() | FEW,
            st.none() | st.sampled_from([NOON - DAY, NOON, NOON + DAY]),
            FEW,
        )

    some = st.lists(st.sampled_from(KEYS), unique=True)
    return some.flatmap(lambda keys: st.tuples(*map(one, keys)).map(list))


def seated(key: str, *, size: int, others: int, known: list[PoolUse]) -> int:
    """Let people of `key` sit down one by one, until the next would be in the way."""
    chairs = ["somebody"] * others + [p.key for p in known for _n in range(p.used)]
    came = 0
    while True:
        trial = [*chairs, *[key] * (came + 1)]
        for pool in known:
            still_kept = pool.released_at is None or pool.released_at > NOON
            if pool.key != key and still_kept:
                trial += [pool.key] * max(0, pool.reserved - trial.count(pool.key))
        mine = [pool for pool in known if pool.key == key]
        over = any(p.cap is not None and trial.count(key) > p.cap for p in mine)
        if len(trial) > size or over:
            return came
        came += 1


@given(st.sampled_from(KEYS), st.integers(0, 8), FEW, pools())
def test_room_is_what_is_left_when_people_sit_down_one_by_one(
    key: str, size: int, others: int, known: list[PoolUse]
) -> None:
    taken = others + sum(pool.used for pool in known)

    assert room_for(key, size=size, taken=taken, pools=known, at=NOON) == seated(
        key, size=size, others=others, known=known
    )


class TestKeeping(TestCase):
    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.data())
    def test_any_order_of_coming_and_going(self, data: st.DataObject) -> None:
        """One section with pools; an oracle that counts people on chairs."""
        unit = _unit(data.draw(st.integers(1, 5)))
        for key in data.draw(st.lists(st.sampled_from(list(PoolKey)), unique=True)):
            _try_pool(unit, key, data)
        taken: list[Bundle] = []
        for step in data.draw(st.lists(st.sampled_from("medr"), max_size=10)):
            if step == "d":
                _degree(unit, data.draw(st.integers(0, 4)))
            elif step == "r" and taken:
                bundle = taken.pop(data.draw(st.integers(0, len(taken) - 1)))
                actions.release_bundle(bundle, reason="left", at=clock.now())
            elif step in "me":
                _take(unit, PoolKey.MICRO if step == "m" else PoolKey.EMPLOYER, taken)
            assert list(invariants.broken(at=clock.now())) == []


def _unit(size: int) -> CapacityUnit:
    run = run_with_places(100)
    return actions.open_capacity(
        run.sections.order_by("code")[0], size, by=None, at=clock.now()
    )


def _try_pool(unit: CapacityUnit, key: PoolKey, data: st.DataObject) -> None:
    reserved, cap = data.draw(st.tuples(FEW, st.none() | FEW))
    released = data.draw(st.sampled_from([None, clock.now(), clock.now() + DAY]))
    try:
        keep(unit, key, reserved, cap, released)
    except PoolsDoNotFit:
        total = sum(
            p.reserved
            for p in unit.pools.exclude(key=key)
            if not p.released_at or p.released_at > clock.now()
        )
        assert reserved + total > unit.size or (cap is not None and reserved > cap)


def _degree(unit: CapacityUnit, students: int) -> None:
    of = {"section": unit.section.code, "term": unit.section.term_id}  # type: ignore[union-attr]
    records = [
        {**of, "student": f"B{n}", "since": "2026-01-01"} for n in range(students)
    ]
    at = clock.now()
    actions.import_places(lists_of(records or [of], at=at), by=None, at=at)


def _take(unit: CapacityUnit, key: PoolKey, taken: list[Bundle]) -> None:
    at = clock.now()
    live = SeatClaim.objects.filter(LIVE, unit=unit)
    used: Counter[str | None] = Counter(live.values_list("pool__key", flat=True))
    known = [
        PoolUse(p.pk, p.key, p.reserved, p.cap, p.released_at, used[p.key])
        for p in unit.pools.all()
    ]
    room = seated_now(key, unit.size, used, known)
    run = unit.section.run_sections.get().run  # type: ignore[union-attr]
    try:
        taken.append(
            actions.take_bundle(run, person(), hold_until=at + DAY, at=at, pool=key)
        )
        assert room > 0
    except NoSeatLeft:
        assert room == 0


def seated_now(
    key: str, size: int, used: Counter[str | None], known: list[PoolUse]
) -> int:
    moved = [
        PoolUse(p.pk, p.key, p.reserved, p.cap, _at_noon(p.released_at), p.used)
        for p in known
    ]
    others = sum(n for pool, n in used.items() if pool not in {p.key for p in known})
    return seated(key, size=size, others=others, known=moved)


def _at_noon(moment: datetime | None) -> datetime | None:
    return moment and NOON + (moment - clock.now())


def keep(
    unit: CapacityUnit,
    key: PoolKey,
    reserved: int,
    cap: int | None = None,
    released_at: datetime | None = None,
) -> None:
    actions.set_pool(
        unit,
        key,
        reserved=reserved,
        cap=cap,
        released_at=released_at,
        by=None,
        at=clock.now(),
    )


def left(run: Run, *, later: timedelta = timedelta()) -> int:
    return queries.places_left([run], at=clock.now() + later)[run.pk].left


def take(run: Run) -> Bundle:
    at = clock.now()
    return actions.take_bundle(run, person(), hold_until=at + DAY, at=at)


@pytest.fixture
def run() -> Run:
    return run_with_places(4)


@pytest.mark.django_db
def test_places_kept_for_others_are_free_from_the_release_on(run: Run) -> None:
    keep(run.capacity, PoolKey.EMPLOYER, 3, released_at=clock.now() + DAY)

    assert left(run) == 1
    assert left(run, later=DAY - timedelta(microseconds=1)) == 1
    assert left(run, later=DAY) == 4


@pytest.mark.django_db
def test_ones_own_kept_places_are_ones_own(run: Run) -> None:
    keep(run.capacity, PoolKey.MICRO, 3)

    assert left(run) == 4
    assert take(run).claims.filter(pool__key="micro").count() == 1


@pytest.mark.django_db
def test_a_cap_stops_before_the_places_end_and_the_list_of_full_runs_knows(
    run: Run,
) -> None:
    take(run)
    keep(run.capacity, PoolKey.MICRO, 0, cap=2)
    take(run)

    assert left(run) == 0
    assert run.pk in full_runs(at=clock.now())
    with pytest.raises(NoSeatLeft):
        take(run)


@pytest.mark.django_db
def test_who_was_there_before_the_pool_is_counted_in_it(run: Run) -> None:
    bundle = take(run)

    keep(run.capacity, PoolKey.MICRO, 2)

    assert bundle.claims.get(unit=run.capacity).pool.key == "micro"  # type: ignore[union-attr]


@pytest.mark.django_db
@pytest.mark.parametrize(("reserved", "cap"), [(5, None), (3, 2)])
def test_pools_that_do_not_fit_are_refused(
    run: Run, reserved: int, cap: int | None
) -> None:
    with pytest.raises(PoolsDoNotFit):
        keep(run.capacity, PoolKey.MICRO, reserved, cap)

    assert not run.capacity.pools.exists()


@pytest.mark.django_db
def test_two_pools_cannot_keep_more_than_there_is(run: Run) -> None:
    keep(run.capacity, PoolKey.EMPLOYER, 3)

    with pytest.raises(PoolsDoNotFit, match="3 of them are kept for others"):
        keep(run.capacity, PoolKey.MICRO, 2)


@pytest.mark.django_db
def test_keeping_is_written_down_once_and_whoever_waits_hears_of_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[SeatsFreed] = []
    monkeypatch.setitem(_reactions, SeatsFreed, [told.append])

    keep(run.capacity, PoolKey.EMPLOYER, 2)
    keep(run.capacity, PoolKey.EMPLOYER, 2)

    assert [event.run_ids for event in told] == [(run.pk,)]
    assert RegisterEntry.objects.filter(verb="places kept").count() == 1


@pytest.mark.django_db
def test_fewer_places_than_are_taken_need_a_reason(run: Run) -> None:
    bundle, at = take(run), clock.now()

    with pytest.raises(ReasonNeeded, match="1 place is taken"):
        actions.open_capacity(run, 0, by=None, at=at)
    assert CapacityUnit.objects.get(run=run).size == 4

    actions.open_capacity(run, 0, reason="A smaller room.", by=None, at=at)

    unit = CapacityUnit.objects.get(run=run)
    assert (unit.size, unit.overbooking_reason) == (0, "A smaller room.")
    entry = RegisterEntry.objects.filter(verb="places set").latest("pk")
    assert (entry.facts["reason"], entry.facts["before"]) == ("A smaller room.", 4)
    assert bundle.claims.filter(LIVE).exists()
    assert list(invariants.broken(at=at)) == []
    actions.open_capacity(run, 1, by=None, at=at)
    assert CapacityUnit.objects.get(run=run).overbooking_reason == ""
