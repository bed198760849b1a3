"""The dry run: the programme's own history, else everybody's, else the careful guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.admissions import forecast
from mikrokraad.admissions.forecast import Basis, History
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made

MUCH, LITTLE, NONE = History(40, 30), History(19, 1), History(0, 0)


def told(programme: History, university: History) -> forecast.Forecast:
    return forecast.forecast(
        offers=8, places=4, waiting=3, programme=programme, university=university
    )


def test_the_programmes_own_history_comes_first() -> None:
    found = told(MUCH, History(100, 10))

    assert (found.basis, found.expected, found.short) == (Basis.PROGRAMME, 6, 2)


def test_with_little_history_the_whole_university_counts() -> None:
    found = told(LITTLE, History(100, 25))

    assert (found.basis, found.expected) == (Basis.UNIVERSITY, 2)
    assert (found.free, found.from_the_list) == (2, 2)


def test_without_history_everybody_is_counted_as_coming() -> None:
    found = told(NONE, LITTLE)

    assert (found.basis, found.expected, found.short) == (Basis.NOTHING, 8, 4)


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 90), st.integers(20, 900))
def test_no_more_come_than_are_offered_and_no_place_is_counted_twice(
    offers: int, places: int, waiting: int, history: int
) -> None:
    found = forecast.forecast(
        offers=offers,
        places=places,
        waiting=waiting,
        programme=History(history, history // 3),
        university=NONE,
    )

    assert 0 <= found.expected <= offers
    assert found.expected + found.free - found.short == places
    assert found.from_the_list <= min(found.free, waiting)


@pytest.mark.django_db
def test_history_counts_answered_offers_of_other_runs() -> None:
    run = made.released().run
    made.application_in(State.ADMITTED)
    made.application_in(State.DECLINED)
    made.application_in(State.OFFERED)

    own, everybody = forecast.histories_of(run)

    assert (own, everybody) == (NONE, History(2, 1))
