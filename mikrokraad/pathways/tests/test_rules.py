"""The plan: as much of a degree as possible, and nothing twice."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.pathways import rules
from mikrokraad.pathways.rules import Place, Plan, plan

COURSES = st.integers(1, 6)
SLOTS = st.integers(11, 16)
PLACES = st.lists(
    st.builds(Place, SLOTS, st.booleans(), st.booleans()),
    unique_by=lambda place: place.slot,
    max_size=6,
)
PAIRS = st.sets(st.tuples(COURSES, SLOTS), max_size=16)


def largest(slots: set[int], pairs: set[tuple[int, int]]) -> int:
    """How many slots can be filled at most, found the slow way."""
    fitting = [pair for pair in pairs if pair[1] in slots]
    for size in range(min(len(slots), len(fitting)), 0, -1):
        for chosen in combinations(fitting, size):
            courses, filled = zip(*chosen, strict=True)
            if len(set(courses)) == len(set(filled)) == size:
                return size
    return 0


@given(PLACES, PAIRS, st.sets(COURSES), st.sets(COURSES))
def test_no_course_and_no_slot_is_used_twice(
    places: list[Place],
    pairs: set[tuple[int, int]],
    passed: set[int],
    taking: set[int],
) -> None:
    found = plan(places, pairs, passed=passed, taking=taking)

    used = [*found.filled.items(), *found.fillable.items()]
    assert len({slot for slot, _course in used}) == len(used)
    assert len({course for _slot, course in used}) == len(used)
    assert {(course, slot) for slot, course in used} <= pairs
    assert set(found.filled.values()) <= passed
    assert set(found.fillable.values()) <= taking - passed
    assert not {place.slot for place in places if place.is_thesis} & {
        slot for slot, _course in used
    }


@given(PLACES, st.sets(st.tuples(COURSES, SLOTS), max_size=9), st.sets(COURSES))
def test_as_many_slots_are_filled_as_can_be(
    places: list[Place], pairs: set[tuple[int, int]], passed: set[int]
) -> None:
    found = plan(places, pairs, passed=passed)

    slots = {place.slot for place in places if not place.is_thesis}
    held = {pair for pair in pairs if pair[0] in passed}
    assert len(found.filled) == largest(slots, held)


@given(PLACES, st.sets(st.tuples(COURSES, SLOTS), max_size=9), st.sets(COURSES))
def test_as_many_compulsory_slots_are_filled_as_can_be(
    places: list[Place], pairs: set[tuple[int, int]], passed: set[int]
) -> None:
    found = plan(places, pairs, passed=passed)

    compulsory = {p.slot for p in places if p.compulsory and not p.is_thesis}
    held = {pair for pair in pairs if pair[0] in passed}
    assert len(compulsory & set(found.filled)) == largest(compulsory, held)


def test_the_compulsory_slot_comes_first() -> None:
    places = [Place(11), Place(12, compulsory=True)]

    assert plan(places, {(1, 11), (1, 12)}, passed={1}).filled == {12: 1}


def test_a_course_makes_room_for_another() -> None:
    places = [Place(11, compulsory=True), Place(12, compulsory=True)]

    found = plan(places, {(1, 11), (1, 12), (2, 11)}, passed={1, 2})

    assert found.filled == {11: 2, 12: 1}


def test_what_is_being_taken_never_moves_what_is_passed() -> None:
    places = [Place(11), Place(12)]

    found = plan(places, {(1, 11), (2, 11)}, passed={1}, taking={2})

    assert found == Plan({11: 1}, {})


def test_what_is_passed_is_not_being_taken() -> None:
    places = [Place(11), Place(12)]

    found = plan(places, {(1, 11), (1, 12)}, passed={1}, taking={1})

    assert found == Plan({11: 1}, {})


def test_the_thesis_is_filled_by_nothing() -> None:
    assert plan([Place(11, is_thesis=True)], {(1, 11)}, passed={1}) == Plan({}, {})


def test_a_decision_rests_on_something() -> None:
    assert rules.require_rule("  outcomes compared ") == "outcomes compared"
    with pytest.raises(rules.RuleMissing):
        rules.require_rule(" ")


def test_the_thesis_is_refused() -> None:
    rules.require_no_thesis(is_thesis=False)
    with pytest.raises(rules.ThesisIsNeverFilled, match="Choose another place"):
        rules.require_no_thesis(is_thesis=True)
