"""Holding, confirming and giving back places; waiting for them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock, events
from mikrokraad.people.models import Person
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants, queries, waiting
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.seats.models import Bundle, SeatClaim
from mikrokraad.seats.rules import HoldHasExpired, NoSeatLeft
from mikrokraad.seats.tests.factories import open_places, run_with_places

WEEK = timedelta(days=7)
EXAMPLES = max(1, settings().max_examples // 5)  # each is a long story


def take(run: Run, by: Person | None = None) -> Bundle:
    at = clock.now()
    return actions.take_bundle(run, by or person(), hold_until=at + WEEK, at=at)


def left(run: Run) -> int:
    return queries.places_left([run], at=clock.now())[run.pk].left


@pytest.mark.django_db
def test_a_bundle_takes_the_run_and_every_required_section() -> None:
    run = run_with_places(3)

    bundle = take(run)

    assert bundle.claims.count() == 1 + run.sections.count()
    assert left(run) == 2


@pytest.mark.django_db
def test_asking_again_gives_the_same_bundle() -> None:
    run, learner = run_with_places(1), person()

    assert take(run, learner) == take(run, learner)
    assert SeatClaim.objects.count() == 3


@pytest.mark.django_db
def test_a_full_run_refuses_and_takes_nothing() -> None:
    run = run_with_places(1)
    take(run)
    before = SeatClaim.objects.count()

    with pytest.raises(NoSeatLeft) as refused:
        take(run)

    assert refused.value.bottleneck == "run"
    assert SeatClaim.objects.count() == before


@pytest.mark.django_db
def test_a_full_course_is_named_as_the_bottleneck() -> None:
    run = run_with_places(5)
    full = run.sections.order_by("code")[0]
    actions.open_capacity(full, 0, by=None, at=clock.now())

    with pytest.raises(NoSeatLeft, match=full.course.title["en"]) as refused:
        take(run)

    assert refused.value.bottleneck == full.code
    assert not SeatClaim.objects.exists()


@pytest.mark.django_db
def test_a_run_without_places_refuses() -> None:
    with pytest.raises(NoSeatLeft, match="No places have been opened"):
        take(catalogue.run())


@pytest.mark.django_db
def test_a_hold_that_has_run_out_is_good_for_nobody_until_it_is_released() -> None:
    run = run_with_places(1)
    bundle = take(run)
    later = clock.now() + WEEK

    with pytest.raises(NoSeatLeft):
        actions.take_bundle(run, person(), hold_until=later + WEEK, at=later)
    with pytest.raises(HoldHasExpired):
        actions.confirm_bundle(bundle, at=later)
    with pytest.raises(HoldHasExpired):
        actions.extend_hold(bundle, hold_until=later + WEEK, at=later)

    actions.expire_holds(at=later)

    assert queries.places_left([run], at=later)[run.pk].left == 1


@pytest.mark.django_db
def test_who_let_a_hold_run_out_may_take_a_place_again() -> None:
    run, learner = run_with_places(1), person()
    first = take(run, learner)
    later = clock.now() + WEEK

    second = actions.take_bundle(run, learner, hold_until=later + WEEK, at=later)

    assert second != first
    assert list(invariants.broken(at=later)) == []


@pytest.mark.django_db
def test_a_confirmed_bundle_stays() -> None:
    run = run_with_places(1)
    bundle = take(run)

    actions.confirm_bundle(bundle, at=clock.now())
    actions.confirm_bundle(bundle, at=clock.now() + WEEK * 9)

    assert queries.places_left([run], at=clock.now() + WEEK * 9)[run.pk].left == 0


@pytest.mark.django_db
def test_giving_back_frees_every_place_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[SeatsFreed] = []
    monkeypatch.setitem(events._reactions, SeatsFreed, [told.append])  # noqa: SLF001
    run = run_with_places(2)
    bundle = take(run)

    actions.release_bundle(bundle, reason="withdrawn", at=clock.now())
    actions.release_bundle(bundle, reason="withdrawn", at=clock.now())

    assert left(run) == 2
    assert [event.run_ids for event in told] == [(run.pk,)]


@pytest.mark.django_db
def test_expired_holds_are_released_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[HoldExpired] = []
    monkeypatch.setitem(events._reactions, HoldExpired, [told.append])  # noqa: SLF001
    bundle = take(run_with_places(1))
    take(run_with_places(1))

    assert actions.expire_holds(at=clock.now()) == 0
    assert actions.expire_holds(at=clock.now() + WEEK) == 2
    assert actions.expire_holds(at=clock.now() + WEEK) == 0
    assert bundle.pk in {event.bundle_id for event in told}


@pytest.mark.django_db
def test_a_shared_course_is_sat_once_and_kept_for_the_other_programme() -> None:
    first = run_with_places(5)
    second = catalogue.run()
    shared = first.sections.order_by("code")[0]
    second.run_sections.create(section=shared)
    open_places(second, 5)
    learner = person()
    one, other = take(first, learner), take(second, learner)

    actions.release_bundle(one, reason="withdrawn", at=clock.now())

    assert other.claims.filter(unit__section=shared).count() == 1
    assert list(invariants.broken(at=clock.now())) == []


@pytest.mark.django_db
def test_people_wait_in_the_order_they_came() -> None:
    run = run_with_places(0)
    people = [person() for _n in range(4)]
    at = clock.now()
    for n, someone in enumerate(people):
        actions.join_waitlist(run, someone, at=at + timedelta(minutes=n))
    actions.join_waitlist(run, people[0], at=at + WEEK)

    assert [waiting.waitlist_position(run, p) for p in people] == [1, 2, 3, 4]
    assert waiting.next_turn(run, at=at) == waiting.NOBODY

    actions.leave_waitlist(run, people[1], at=at)
    actions.open_capacity(run, 1, by=None, at=at)

    assert [waiting.waitlist_position(run, p) for p in people] == [1, None, 2, 3]
    turn = waiting.next_turn(run, at=at).entries
    assert [entry.person for entry in turn] == people[:1]


@pytest.mark.django_db
def test_places_of_many_runs_take_a_fixed_number_of_queries(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    runs = [run_with_places(n) for n in range(7)]

    with django_assert_num_queries(5):  # type: ignore[operator]
        places = queries.places_left(runs, at=clock.now())

    assert [places[run.pk].left for run in runs] == list(range(7))


class Places(RuleBasedStateMachine):
    """Any order of steps, on two runs that share a course with four seats.

    `queue` is what the waiting lists should be: people in the order they came.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = clock.now()
        self.first = run_with_places(3, in_sections=4)
        self.second = catalogue.run()
        self.second.run_sections.create(section=self.first.sections.all()[0])
        open_places(self.second, 3, in_sections=4)
        self.people = [person() for _n in range(6)]
        self.taken: list[Bundle] = []
        self.queue: dict[Run, list[Person]] = {self.first: [], self.second: []}

    @rule(who=st.integers(0, 5), which=st.booleans(), days=st.integers(1, 5))
    def take(self, who: int, which: bool, days: int) -> None:  # noqa: FBT001
        run = self.first if which else self.second
        try:
            bundle = actions.take_bundle(
                run,
                self.people[who],
                hold_until=self.now + timedelta(days=days),
                at=self.now,
            )
        except NoSeatLeft:
            return
        if bundle not in self.taken:
            self.taken.append(bundle)

    @precondition(lambda self: self.taken)
    @rule(n=st.integers(0, 50))
    def confirm(self, n: int) -> None:
        with suppress(HoldHasExpired):
            actions.confirm_bundle(self.taken[n % len(self.taken)], at=self.now)

    @precondition(lambda self: self.taken)
    @rule(n=st.integers(0, 50))
    def release(self, n: int) -> None:
        bundle = self.taken[n % len(self.taken)]
        actions.release_bundle(bundle, reason="withdrawn", at=self.now)

    @precondition(lambda self: self.taken)
    @rule(n=st.integers(0, 50), days=st.integers(1, 5))
    def hold_longer(self, n: int, days: int) -> None:
        until = self.now + timedelta(days=days)
        with suppress(HoldHasExpired):
            actions.extend_hold(
                self.taken[n % len(self.taken)], hold_until=until, at=self.now
            )

    @rule(who=st.integers(0, 5), which=st.booleans())
    def join(self, who: int, which: bool) -> None:  # noqa: FBT001
        run, learner = self.first if which else self.second, self.people[who]
        actions.join_waitlist(run, learner, at=self.now)
        if learner not in self.queue[run]:
            self.queue[run].append(learner)

    @rule(who=st.integers(0, 5), which=st.booleans())
    def leave(self, who: int, which: bool) -> None:  # noqa: FBT001
        run, learner = self.first if which else self.second, self.people[who]
        actions.leave_waitlist(run, learner, at=self.now)
        if learner in self.queue[run]:
            self.queue[run].remove(learner)

    @rule(days=st.integers(0, 3))
    def wait(self, days: int) -> None:
        """Time goes by; whatever is free goes to whoever waits longest."""
        self.now += timedelta(days=days)
        actions.expire_holds(at=self.now)
        for run, queue in self.queue.items():
            while turn := waiting.next_turn(run, at=self.now).entries:
                (entry,) = turn
                assert entry.person == queue.pop(0)
                until = self.now + timedelta(days=3)
                bundle = actions.take_bundle(
                    run, entry.person, hold_until=until, at=self.now
                )
                actions.mark_placed(entry, at=self.now)
                if bundle not in self.taken:
                    self.taken.append(bundle)

    def teardown(self) -> None:
        """The next example begins with nobody waiting."""
        for run, queue in self.queue.items():
            for learner in queue:
                actions.leave_waitlist(run, learner, at=self.now)

    @invariant()
    def people_wait_in_the_order_they_came(self) -> None:
        for run, queue in self.queue.items():
            assert [entry.person for entry in waiting.waiting_people(run)] == queue

    @invariant()
    def nothing_is_broken(self) -> None:
        assert list(invariants.broken(at=self.now)) == []


@pytest.mark.hypothesis
class TestPlaces(TransactionTestCase):
    def test_no_order_of_steps_oversells(self) -> None:
        """Without the rooms above: there, whoever waits has an application."""
        nobody: dict[type, list[Any]] = {SeatsFreed: [], HoldExpired: []}
        with patch.dict(events._reactions, nobody):  # noqa: SLF001
            run_state_machine_as_test(
                Places,
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=12,
                    suppress_health_check=list(HealthCheck),
                ),
            )
