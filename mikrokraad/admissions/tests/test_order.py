"""Ranking and lots, pure: the same facts give the same order, whoever computes it."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.admissions import lots, ranking
from mikrokraad.admissions.ranking import Scored, Weighed

NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)
scores = st.none() | st.fractions(min_value=0, max_value=1, max_denominator=20)
several = st.lists(
    st.builds(
        Scored,
        id=st.uuids().map(str),
        score=scores,
        submitted_at=st.integers(0, 5).map(lambda n: NOON + timedelta(minutes=n)),
    ),
    unique_by=lambda each: each.id,
)
names = st.lists(st.uuids().map(str), unique=True)


def test_the_score_is_the_weighted_mean_of_the_points() -> None:
    criteria = {1: Weighed(3, 10), 2: Weighed(1, 5)}

    assert ranking.score_by_one(criteria, {1: 10, 2: 0}) == Fraction(3, 4)
    assert ranking.score_by_one(criteria, {1: 5, 2: 5}) == Fraction(5, 8)


def test_who_has_not_scored_everything_does_not_count() -> None:
    criteria = {1: Weighed(1, 10), 2: Weighed(1, 10)}

    assert ranking.score_of(criteria, [{1: 10}, {1: 4, 2: 6}]) == Fraction(1, 2)
    assert ranking.score_of(criteria, [{1: 10}]) is None
    assert ranking.score_of({}, [{}]) is None


def test_several_reviewers_count_the_same() -> None:
    criteria = {1: Weighed(1, 10)}

    assert ranking.score_of(criteria, [{1: 10}, {1: 5}]) == Fraction(3, 4)


@given(
    points=st.dictionaries(st.integers(0, 4), st.integers(0, 10), min_size=5),
    weights=st.lists(st.integers(1, 9), min_size=5, max_size=5),
)
def test_a_score_lies_between_nothing_and_everything(
    points: dict[int, int], weights: list[int]
) -> None:
    criteria = {n: Weighed(weight, 10) for n, weight in enumerate(weights)}

    score = ranking.score_by_one(criteria, points)

    assert score is not None
    assert 0 <= score <= 1


@given(several)
def test_nobody_with_fewer_points_or_later_stands_before_a_better_one(
    applications: list[Scored],
) -> None:
    order = ranking.in_order(applications)

    keys = [(-(each.score or 0), each.submitted_at, each.id) for each in order]
    assert keys == sorted(keys)
    assert {each.id for each in order} == {
        each.id for each in applications if each.score is not None
    }


@given(several)
def test_the_ranking_does_not_depend_on_how_it_is_read(
    applications: list[Scored],
) -> None:
    assert ranking.in_order(applications) == ranking.in_order(applications[::-1])


@given(st.text(max_size=40), names)
def test_lots_can_be_drawn_again_by_anybody(seed: str, ids: list[str]) -> None:
    order = lots.in_order(seed, ids)

    again = sorted(ids, key=lambda key: sha256((seed + key).encode()).hexdigest())
    assert [key for _lot, key in order] == again
    assert order == lots.in_order(seed, ids[::-1])


@given(st.text(max_size=40), names, st.uuids().map(str))
def test_one_more_application_changes_nobodys_lot(
    seed: str, ids: list[str], late: str
) -> None:
    before = [key for _lot, key in lots.in_order(seed, ids) if key != late]

    after = [key for _lot, key in lots.in_order(seed, {*ids, late})]

    assert [key for key in after if key != late] == before


def test_the_lot_is_what_sha256sum_says() -> None:
    """printf %s tartu1 | sha256sum"""
    assert lots.lot_of("tartu", "1") == lots.commitment("tartu1")
    assert (
        lots.commitment("abc")
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
