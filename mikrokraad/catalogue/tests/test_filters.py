"""Looking for programmes: what fits, in which order, and how many there would be."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.filters import Wanted
from mikrokraad.catalogue.queries import Listed
from mikrokraad.catalogue.rules import Applying


def listed(title: str = "Data Science", **facts: Any) -> Listed:  # noqa: ANN401
    return Listed(
        **{
            "pk": uuid4(),
            "programme": uuid4(),
            "term": "2027-spring",
            "term_name": {"en": "Spring 2027"},
            "starts_on": date(2027, 2, 8),
            "languages": ["en"],
            "mode": "block",
            "kind": "micro-degree",
            "kind_name": {"et": "Mikrokraad", "en": "Micro-degree"},
            "broad": "06",
            "broad_name": {"en": "Information technology"},
            "field_name": {"en": "Software"},
            "title": {"et": f"{title} eesti keeles", "en": title},
            "lead": {"en": "A question at work."},
            "cents": 100_00,
            "commissioned": False,
            "standing": Applying.OPEN,
            **facts,
        }
    )


DATA = listed()
LAW = listed("Law", languages=["et"], mode="online", broad="04", cents=0)
RUNS = [DATA, LAW]


def titles(runs: list[Listed], language: str = "en") -> list[str]:
    return [run.title[language] for run in runs]


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({}, {}),
        ({"language": "et", "mode": "online"}, {"language": "et", "mode": "online"}),
        ({"field": "0613"}, {"field": "06"}),
        ({"language": "fr", "mode": "", "colour": "red"}, {}),
        ({"free": "yes", "open": "no"}, {"free": "yes"}),
    ],
)
def test_a_value_that_no_run_has_is_no_wish(
    asked: dict[str, str], chosen: dict[str, str]
) -> None:
    assert filters.wanted(asked, RUNS) == Wanted("", chosen)


def test_words_are_cut_to_a_sensible_length() -> None:
    assert filters.wanted({"q": "  law  "}, RUNS).q == "law"
    assert len(filters.wanted({"q": "x" * 999}, RUNS).q) == filters.MOST_LETTERS


def test_a_wish_is_an_address() -> None:
    want = Wanted("law & order", {"language": "et"})

    assert want.query == "q=law+%26+order&language=et"
    assert want.asking("mode", "online").query == f"{want.query}&mode=online"
    assert want.asking("language", "").query == "q=law+%26+order"
    assert want.is_anything
    assert not replace(want, q="", chosen={}).is_anything


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Data Science", "Law"]),
        ("LAW", ["Law"]),
        ("science question", ["Data Science"]),
        ("mikrokraad", ["Data Science", "Law"]),
        ("law science", []),
    ],
)
def test_every_word_occurs_somewhere_in_any_language(
    words: str, found: list[str]
) -> None:
    assert titles(filters.found(RUNS, Wanted(words), "en")) == found


def test_what_one_can_apply_to_comes_first_then_the_alphabet() -> None:
    standings = [Applying.OVER, Applying.OPEN, Applying.NOT_YET, Applying.OPEN]
    names = ["A", "D", "C", "b"]
    runs = [
        listed(name, standing=standing)
        for name, standing in zip(names, standings, strict=True)
    ]

    assert titles(filters.found(runs, Wanted(), "en")) == ["b", "D", "C", "A"]


def test_a_programme_stands_once_with_the_run_that_matters_most() -> None:
    programme: UUID = uuid4()
    over = listed("Spring", programme=programme, standing=Applying.OVER)
    ahead = listed("Autumn", programme=programme, standing=Applying.NOT_YET)

    assert filters.found([over, ahead], Wanted(), "en") == [ahead]
    assert filters.found([ahead, over], Wanted(), "en") == [ahead]


def test_a_title_that_has_no_such_language_is_sorted_by_another() -> None:
    russian = listed(title_only := "Zoology")._replace(title={"en": title_only})

    assert filters.found([russian, DATA], Wanted(), "et") == [DATA, russian]


def test_counts_say_what_each_choice_would_leave() -> None:
    want = Wanted(chosen={"language": "en"})

    assert filters.counts(RUNS, want, "language") == Counter({"en": 1, "et": 1})
    assert filters.counts(RUNS, want, "mode") == Counter({"block": 1})


def test_two_runs_of_a_programme_count_once() -> None:
    again = DATA._replace(pk=uuid4())

    assert filters.counts([DATA, again], Wanted(), "kind") == Counter(
        {"micro-degree": 1}
    )


def test_what_an_employer_pays_is_not_free() -> None:
    commissioned = LAW._replace(commissioned=True)

    assert filters.counts([LAW], Wanted(), "free") == Counter({"yes": 1})
    assert filters.counts([commissioned], Wanted(), "free") == Counter()
