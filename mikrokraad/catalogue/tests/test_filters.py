"""Looking for programmes: what an address asks for."""

from dataclasses import replace
from datetime import date

import pytest

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.filters import Wanted

KNOWN = {("language", "et"), ("mode", "online"), ("field", "06"), ("free", "yes")}


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, {}),
        ({"language": "et", "mode": "online"}, {"language": "et", "mode": "online"}),
        ({"field": "0613"}, {"field": "06"}),
        ({"language": "fr", "mode": "", "colour": "red"}, {}),
        ({"free": "yes", "open": "no"}, {"free": "yes"}),
        ({"open": "yes", "places": "some"}, {"open": "yes", "places": "some"}),
        ({"fee": "1500", "ects": "12..18"}, {"fee": "1500", "ects": "12..18"}),
        ({"fee": "cheap", "ects": "..", "deadline": "soon", "weekdays": "x"}, {}),
    ],
)
def test_a_value_that_no_run_has_is_no_wish(
    asked: dict[str, str], chosen: dict[str, str]
) -> None:
    want = filters.wanted(asked, lambda name, value: (name, value) in KNOWN)

    assert want == Wanted("", chosen)


def test_words_are_cut_to_a_sensible_length() -> None:
    assert filters.wanted({"q": "  law  "}).q == "law"
    assert len(filters.wanted({"q": "x" * 999}).q) == filters.MOST_LETTERS


def test_a_wish_is_an_address() -> None:
    want = Wanted("law & order", {"language": "et"})

    assert want.query == "q=law+%26+order&language=et"
    assert want.asking("mode", "online").query == f"{want.query}&mode=online"
    assert want.asking("language", "").query == "q=law+%26+order"
    assert want.is_anything
    assert not replace(want, q="", chosen={}).is_anything


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        ("12..18", (12, 18)),
        ("12-18", (12, 18)),
        ("12..", (12, None)),
        ("..18", (None, 18)),
        ("12", (12, 12)),
        ("..", None),
        ("", None),
        ("1..2..3", None),
        ("-1", (None, 1)),
        ("x..18", None),
        ("٣", None),
    ],
)
def test_volumes_are_said_by_their_ends(
    said: str, ends: tuple[int | None, int | None] | None
) -> None:
    assert filters.numbers(said) == ends


def test_one_sum_or_one_day_is_the_most() -> None:
    day = date(2027, 1, 21).toordinal()

    assert filters.cents("1500") == (None, 1500_00)
    assert filters.cents("500..1500") == (500_00, 1500_00)
    assert filters.deadlines("2027-01-21") == (None, day)
    assert filters.deadlines("2027-01-21..") == (day, None)
    assert filters.deadlines("2027-02-30") is None


def test_days_come_in_the_order_of_the_week() -> None:
    assert filters.days("sat,mon") == ["mon", "sat"]
    assert filters.days("sat,someday") == []
