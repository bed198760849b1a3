"""Programmes kept for later: in the visitor's own cookie, and nowhere else."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.pages.shortlist import COOKIE, MOST, changed, kept_in
from mikrokraad.pages.tests.factories import (
    Answer,
    full,
    many,
    offered,
    shelf,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db
PAGE = "/en/shortlist/"


def add(client: Client, *slugs: str) -> None:
    for slug in slugs:
        answer = client.get(PAGE, {"add": slug})
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, PAGE)


def order_of(answer: Answer, *titles: str) -> list[str]:
    """The titles in the order in which the page says them."""
    text = words_of(answer)
    return sorted((one for one in titles if one in text), key=text.index)


def test_nothing_is_kept_at_first(client: Client) -> None:
    page = client.get(PAGE)

    assert "Nothing is kept yet" in words_of(page)
    assert COOKIE not in page.cookies


def test_what_is_added_stands_there_the_nearest_deadline_first(client: Client) -> None:
    shelf()

    add(client, "bogs", "law-at-work", "data-science")
    page = client.get(PAGE)

    titles = ("Data Science", "Bogs in Summer", "Law at Work", "Singing Together")
    assert order_of(page, *titles) == ["Data Science", "Bogs in Summer", "Law at Work"]
    assert "closed Applications were open until 20 November." in words_of(page)


def test_the_cookie_says_programmes_and_nothing_else(client: Client) -> None:
    add(client, "data-science", "bogs", "bogs")

    cookie = client.cookies[COOKIE]
    assert cookie.value == "bogs.data-science"
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert client.cookies.keys() == {COOKIE}


def test_what_is_removed_is_gone_and_an_empty_list_leaves_no_cookie(
    client: Client,
) -> None:
    add(client, "data-science", "bogs")

    client.get(PAGE, {"remove": "bogs"})
    assert client.cookies[COOKIE].value == "data-science"
    client.get(PAGE, {"remove": "data-science"})
    assert client.cookies[COOKIE].value == ""


def test_places_and_waiting_list_are_said_as_they_are_now(client: Client) -> None:
    run = offered("Data Science", slug="data-science", places=2)
    add(client, "data-science")
    assert "2 places left" in words_of(client.get(PAGE))

    full(run)

    assert "waiting list" in words_of(client.get(PAGE))


def test_a_full_list_says_so_and_keeps_what_it_has(client: Client) -> None:
    many(1)
    client.cookies[COOKIE] = ".".join(f"p{n}" for n in range(MOST))

    answer = client.get(PAGE, {"add": "programme-number-00"})
    page = client.get(answer["Location"])

    assert "is full" in words_of(page)
    assert len(kept_in({COOKIE: client.cookies[COOKIE].value})) == MOST


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        ".....",
        "unknown",
        "<script>.a b.%00",
        "x" * 5000,
        ".".join(["data-science"] * 50),
        "õäöü",
        "../../etc",
    ],
)
def test_whatever_the_cookie_says_the_page_stands(client: Client, wrong: str) -> None:
    offered("Data Science", slug="data-science")
    client.cookies[COOKIE] = wrong

    page = client.get(PAGE)

    assert page.status_code == HTTPStatus.OK
    assert text_of(page).count("shortlist__row") == ("data-science" in wrong)


@pytest.mark.parametrize("wrong", ["", "a b", "<b>", "x" * 121, "õ", "a.b", "a;b"])
def test_what_is_no_address_is_not_kept(wrong: str) -> None:
    assert changed(["one"], {"add": wrong}) == ["one"]


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    many(MOST)
    counts = []
    for number in (2, MOST):
        client.cookies[COOKIE] = ".".join(
            f"programme-number-{n:02}" for n in range(number)
        )
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_kept_pages_do_not_depend_on_the_shortlist(client: Client) -> None:
    offered("Data Science", slug="data-science")
    address = "/en/programmes/data-science/"
    before = text_of(client.get(address))
    add(client, "data-science")

    assert text_of(client.get(address)) == before


def test_neither_browsers_nor_search_engines_keep_the_page(client: Client) -> None:
    page = client.get(PAGE)

    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex, nofollow"' in text_of(page)


def test_a_page_and_each_card_offer_to_keep_the_programme(client: Client) -> None:
    shelf()

    card, page = (
        text_of(client.get(f"/en/programmes/{slug}"))
        for slug in ("?q=data", "data-science/")
    )

    assert 'name="add" value="data-science"' in card
    assert 'name="add" value="data-science"' in page
    assert "/en/programmes/data-science/remind-me/?semester=2027-spring" in page


def test_the_list_offers_to_tell_of_new_ones_by_the_same_search(client: Client) -> None:
    shelf()

    page = text_of(client.get("/en/programmes/?q=data&language=en"))

    assert 'href="/en/alerts/?q=data&amp;language=en"' in page
