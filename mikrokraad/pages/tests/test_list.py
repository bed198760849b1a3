"""The list of programmes: what each filter leaves, and what nonsense does."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue.filters import MOST_LETTERS
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.pages.shelf import SHELF
from mikrokraad.pages.tests.factories import (
    SUMMER,
    full,
    many,
    offered,
    shelf,
    summer,
    text_of,
    titles,
    words_of,
)

pytestmark = pytest.mark.django_db
DATA, SONG, LAW, BOGS = (
    "Data Science",
    "Singing Together",
    "Law at Work",
    "Bogs in Summer",
)
ALL = [BOGS, DATA, SONG, LAW]  # open ones first, each group by title


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ALL),
        ("q=singing", [SONG]),
        ("q=SCIENCE turn a question", [DATA, BOGS, LAW, SONG]),
        ("q=arts", [SONG]),
        ("q=nothing like it", []),
        ("language=et", [SONG, LAW]),
        ("language=en", [BOGS, DATA, LAW]),
        ("mode=online", [SONG]),
        ("mode=blended", [LAW]),
        ("field=02", [SONG]),
        ("field=0421", [LAW]),
        ("kind=micro-credential", [SONG]),
        ("kind=summer-school", [BOGS]),
        ("open=yes", [BOGS, DATA, SONG]),
        ("free=yes", [SONG]),
        ("semester=2027-spring", [DATA, SONG, LAW]),
        ("semester=2027-summer", [BOGS]),
        ("semester=2027-spring&language=en&open=yes", [DATA]),
        ("language=et&kind=summer-school", []),
    ],
)
def test_a_filter_leaves_exactly_what_fits(
    client: Client, query: str, left: list[str]
) -> None:
    shelf()

    assert titles(client.get(f"/en/programmes/?{query}")) == left


@pytest.mark.parametrize(
    ("query", "left", "told"),
    [
        ("q=qwxyz", [], True),
        ("q=qwxyz course", [], True),
        ("q=qwxyz singing", [SONG], True),
        ("q=singing course", [SONG], False),
    ],
)
def test_a_word_that_no_programme_has_is_told(
    client: Client, query: str, left: list[str], *, told: bool
) -> None:
    shelf()

    page = client.get(f"/en/programmes/?{query}")

    assert titles(page) == left
    assert ("No programme says anything of “qwxyz”." in words_of(page)) is told


@pytest.mark.parametrize(
    "query",
    [
        "mode=zzz",
        "language=xx&kind=zzz&field=99&open=perhaps&semester=1999",
        "page=x",
        "page=-3",
        "page=999",
        "page=",
        "unknown=1",
    ],
)
def test_nonsense_is_taken_for_no_wish(client: Client, query: str) -> None:
    shelf()

    answer = client.get(f"/en/programmes/?{query}")

    assert answer.status_code == 200
    assert titles(answer) == ALL


@pytest.mark.parametrize("words", ["%F0%9F%A7%B6", "x" * 5000, "%27%22%3Cb%3E"])
def test_strange_words_find_nothing_and_break_nothing(
    client: Client, words: str
) -> None:
    shelf()

    answer = client.get(f"/en/programmes/?q={words}")

    assert answer.status_code == 200
    assert "No programme is like that" in words_of(answer)
    assert "<b>" not in text_of(answer)


def test_very_long_words_are_cut(client: Client) -> None:
    shelf()

    answer = client.get(f"/en/programmes/?q={'x' * 5000}")

    assert f'value="{"x" * MOST_LETTERS}"' in text_of(answer)


def test_a_programme_with_several_runs_stands_once(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    catalogue.run(run.version, intake=summer(), starts_on=SUMMER, ends_on=SUMMER)

    assert titles(client.get("/en/programmes/")) == [DATA]


def test_runs_not_published_or_cancelled_are_not_listed(client: Client) -> None:
    hidden = offered("Hidden", slug="hidden")
    cancelled = offered("Cancelled", slug="cancelled")
    type(hidden).objects.filter(pk=hidden.pk).update(published_at=None)
    type(hidden).objects.filter(pk=cancelled.pk).update(
        cancelled_at=cancelled.published_at
    )

    assert titles(client.get("/en/programmes/")) == []


def test_each_choice_says_how_many_it_leaves_and_keeps_the_others(
    client: Client,
) -> None:
    shelf()

    page = text_of(client.get("/en/programmes/?q=question&language=en"))

    chips = dict(re.findall(r'class="chip" href="([^"]*)">[^<]*<span[^>]*>(\d+)', page))
    assert chips["?q=question&amp;language=en&amp;mode=blended"] == "1"
    assert chips["?q=question&amp;language=en&amp;mode=block"] == "2"
    assert not any("mode=online" in href for href in chips)


def test_the_chosen_one_leads_back_to_not_choosing(client: Client) -> None:
    shelf()

    page = text_of(client.get("/en/programmes/?mode=online&language=et"))

    chosen = re.findall(r'chip--current" href="([^"]*)"[^>]*>([^<]*\w)', page)
    assert chosen == [
        ("?language=et&amp;mode=online", "All semesters"),
        ("?mode=online", "in Estonian"),
        ("?language=et", "online"),
    ]


def test_the_search_keeps_the_filters(client: Client) -> None:
    shelf()

    page = text_of(client.get("/en/programmes/?mode=online"))

    assert '<input type="hidden" name="mode" value="online">' in page


def test_a_long_list_is_turned_page_by_page(client: Client) -> None:
    many(30)

    first = client.get("/en/programmes/?language=en")
    second = client.get("/en/programmes/?language=en&page=2")

    assert (len(titles(first)), len(titles(second))) == (24, 6)
    assert 'rel="next" href="?language=en&amp;page=2"' in text_of(first)
    assert 'rel="prev" href="?language=en&amp;page=1"' in text_of(second)


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/programmes/",
        "/en/programmes/?q=programme",
        "/en/programmes/?language=en&page=2",
        "/en/programmes/?places=some",
        "/en/programmes/programme-number-01/",
    ],
)
def test_queries_do_not_grow_with_the_catalogue(client: Client, path: str) -> None:
    many(3)
    client.get(path)
    SHELF.clear()
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for place in range(3, 30):
        offered(f"Programme {place:02}", slug=f"programme-number-{place:02}")
    client.get(path)
    SHELF.clear()

    with CaptureQueriesContext(connection) as more:
        client.get(path)

    assert len(more) == len(few)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "20 places left · until 21 January"),
        ({"own_deadline": "2026-11-20"}, "applications are over"),
        ({"opens_at": "2026-12-01T08:00Z"}, "opens on 1 December"),
    ],
)
def test_a_card_says_how_it_stands(
    client: Client, facts: dict[str, object], said: str
) -> None:
    offered("Data Science", slug="data-science", **facts)  # type: ignore[arg-type]

    words = words_of(client.get("/en/programmes/"))

    assert f"€2,400 {said}" in words


def test_the_card_of_a_full_programme_says_waiting_list(client: Client) -> None:
    full(offered("Data Science", slug="data-science", places=2))

    words = words_of(client.get("/en/programmes/"))

    assert "Information technology waiting list Data Science" in words
    assert "€2,400 until 21 January" in words


def test_places_left_leaves_out_what_is_full_and_only_when_asked(
    client: Client,
) -> None:
    full(offered(DATA, slug="data-science", places=2))
    offered(LAW, slug="law-at-work", places=1)

    assert titles(client.get("/en/programmes/?places=some")) == [LAW]
    assert titles(client.get("/en/programmes/")) == [DATA, LAW]
