"""The order of a waiting list, with people who come together."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from mikrokraad.catalogue.models import Intake, Run, Term
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.models import Person
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants, waiting
from mikrokraad.seats.models import PassedOver, WaitlistEntry
from mikrokraad.seats.rules import (
    CannotJoinGroup,
    Waiting,
    in_turns,
    span_in,
    whose_turn,
)
from mikrokraad.seats.tests.factories import run_with_places

# A list: people in their order, each alone (0) or in a group (its number).
Line = list[tuple[int, int]]
LISTS = st.lists(st.integers(0, 3), max_size=9).map(
    lambda groups: list(enumerate(groups, start=1))
)


def turns_of(line: Line) -> list[list[tuple[int, int]]]:
    return in_turns(line, lambda each: each[1] or None)


@given(LISTS)
def test_everybody_has_one_turn_and_nobody_is_overtaken_by_who_came_later(
    line: Line,
) -> None:
    turns = turns_of(line)

    assert sorted(each for turn in turns for each in turn) == sorted(line)
    last = [max(place for place, _group in turn) for turn in turns]
    assert last == sorted(last)
    for turn in turns:
        groups = {group for _place, group in turn}
        assert len(turn) == 1 or (len(groups) == 1 and 0 not in groups)


@given(LISTS, st.lists(st.integers(1, 4), max_size=12))
def test_offers_go_in_order_and_only_groups_that_do_not_fit_are_passed(
    line: Line, frees: list[int]
) -> None:
    """Against an oracle that looks at every turn each time places become free."""
    standing = {turn[0]: span_in(turns_of(line), turn) for turn in turns_of(line)}
    waits, offered, free = list(line), 0, 0
    for more in frees:
        free += more
        while True:
            turns = turns_of(waits)
            turn, passed = whose_turn(turns, free=free)
            fits = [each for each in turns if len(each) <= free]
            assert turn == (fits[0] if fits else [])
            assert passed == (turns[: turns.index(turn)] if turn else [])
            assert all(len(each) > free for each in passed)
            if not turn:
                break
            best, worst = standing[turn[0]]
            assert best <= offered + 1
            if len(turn) == 1:
                assert offered + 1 <= worst
            offered, free = offered + len(turn), free - len(turn)
            waits = [each for each in waits if each not in turn]


@pytest.fixture
def run() -> Run:
    return run_with_places(0)


@pytest.fixture
def people(run: Run) -> list[Person]:
    """Five who wait, one minute after the other."""
    found = [person() for _n in range(5)]
    for n, each in enumerate(found):
        actions.join_waitlist(run, each, at=clock.now() + timedelta(minutes=n))
    return found


def together(run: Run, *people: Person) -> None:
    group = actions.make_group(run, people[0], at=clock.now())
    for each in people[1:]:
        actions.join_group(group, each, at=clock.now())


def open_places(run: Run, places: int) -> None:
    actions.open_capacity(run, places, by=None, at=clock.now())


def next_people(run: Run) -> list[Person]:
    return [each.person for each in waiting.next_turn(run, at=clock.now()).entries]


def spans(run: Run, people: list[Person]) -> list[tuple[int, int]]:
    found = [waiting.standing_of(run, each) for each in people]
    return [(each.best, each.worst) for each in found if each]


pytestmark = pytest.mark.django_db


def test_a_group_is_offered_only_when_there_are_places_for_all(
    run: Run, people: list[Person]
) -> None:
    first, second, third, *_rest = people
    together(run, first, second)

    open_places(run, 1)
    turn = waiting.next_turn(run, at=clock.now())
    assert [each.person for each in turn.entries] == [third]
    assert [[each.person for each in group] for group in turn.passed] == [
        [first, second]
    ]
    open_places(run, 2)
    assert next_people(run) == [first, second]


def test_a_group_stands_where_its_last_member_stands(
    run: Run, people: list[Person]
) -> None:
    together(run, people[0], people[3])
    open_places(run, 5)

    assert [turn[0].person for turn in waiting.turns_of(run)] == [
        people[1],
        people[2],
        people[0],
        people[4],
    ]
    assert spans(run, people) == [(3, 4), (1, 1), (2, 2), (3, 4), (3, 5)]


def test_why_somebody_was_passed_over_is_kept(run: Run, people: list[Person]) -> None:
    together(run, people[0], people[1])
    open_places(run, 1)

    actions.mark_passed_over(waiting.next_turn(run, at=clock.now()), at=clock.now())

    kept = PassedOver.objects.values_list("entry__person", "needed", "free")
    assert sorted(kept) == sorted((each.pk, 2, 1) for each in people[:2])
    entry = waiting.last_entry(run, people[0])
    assert entry is not None
    assert waiting.passes_of_entry(entry).count() == 1
    assert waiting.passes_of(run).count() == 2


def test_nobody_waits_in_vain_while_only_a_larger_group_waits(
    run: Run, people: list[Person]
) -> None:
    for each in people[2:]:
        actions.leave_waitlist(run, each, at=clock.now())
    together(run, *people[:2])
    later = clock.now() + timedelta(hours=1)

    open_places(run, 1)
    assert next_people(run) == []
    assert list(invariants.broken(at=later)) == []
    open_places(run, 2)
    assert [code for code, _why in invariants.broken(at=later)] == ["S5"]


def test_a_member_alone_and_one_who_left_are_no_group(
    run: Run, people: list[Person]
) -> None:
    together(run, people[0], people[1])

    actions.leave_group(run, people[1], at=clock.now())
    actions.leave_group(run, people[1], at=clock.now())

    open_places(run, 1)
    assert next_people(run) == [people[0]]
    assert spans(run, people[:2]) == [(1, 1), (2, 2)]


def test_a_group_has_at_most_so_many(
    run: Run, people: list[Person], settings: Settings
) -> None:
    settings.WAITING_GROUP_MAX = 2
    together(run, people[0], people[1])
    group = actions.make_group(run, people[0], at=clock.now())

    actions.join_group(group, people[1], at=clock.now())
    with pytest.raises(CannotJoinGroup, match="at most 2 people"):
        actions.join_group(group, people[2], at=clock.now())


def test_only_who_waits_can_join(run: Run, people: list[Person]) -> None:
    group = actions.make_group(run, people[0], at=clock.now())

    with pytest.raises(CannotJoinGroup, match="same waiting list"):
        actions.join_group(group, person(), at=clock.now())
    actions.leave_waitlist(run, people[0], at=clock.now())
    with pytest.raises(CannotJoinGroup, match="Nobody of this group waits"):
        actions.join_group(group, people[1], at=clock.now())


def earlier(programme_run: Run, *, waited: int, offered: int, days: int = 400) -> None:
    """A list of an earlier run: of those who waited, the first were offered a place."""
    version = programme_run.version
    start = clock.today() - timedelta(days=days)
    term = Term.objects.create(
        code="earlier", name={}, starts_on=start, ends_on=start + timedelta(days=99)
    )
    intake = Intake.objects.create(term=term, name={}, default_deadline=start)
    other = catalogue.run(version, intake=intake, starts_on=start)
    for n in range(waited):
        at = clock.now() - timedelta(days=days, minutes=-n)
        WaitlistEntry.objects.create(
            run=other,
            person=person(),
            joined_at=at,
            state=Waiting.LEFT,
            offered_until=at if n < offered else None,
        )


def test_few_cases_are_no_history(run: Run) -> None:
    earlier(run, waited=19, offered=19)

    assert waiting.history_of(run, 1, on=clock.now()) is None


def test_history_counts_those_who_stood_there_or_later(run: Run) -> None:
    earlier(run, waited=30, offered=8)

    found = waiting.history_of(run, 6, on=clock.now())

    assert found == waiting.History(cases=25, offered=3, same=True)
    assert waiting.history_of(run, 12, on=clock.now()) is None


def test_other_programmes_tell_where_there_is_no_history_of_ones_own(run: Run) -> None:
    other = catalogue.run(catalogue.version(slug="another"))
    earlier(other, waited=30, offered=15)

    found = waiting.history_of(run, 1, on=clock.now())

    assert found == waiting.History(cases=30, offered=15, same=False)
    assert Counter(WaitlistEntry.objects.values_list("state", flat=True))["left"] == 30
