"""A sentence in the search box leads to the list that it asks for."""

import re
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from mikrokraad.pages.tests.factories import offered, shelf, text_of, titles, words_of

pytestmark = pytest.mark.django_db


def asked(client: Client, language: str, **said: str) -> dict[str, str]:
    """What the address asks for that somebody is led to."""
    answer = client.get(f"/{language}/programmes/", said)
    assert answer.status_code == HTTPStatus.FOUND
    address = urlsplit(answer["Location"])
    assert address.path == f"/{language}/programmes/"
    return dict(parse_qsl(address.query))


def test_a_sentence_becomes_filters_in_the_address(client: Client) -> None:
    shelf()

    english = asked(client, "en", q="science in English, under 1 500 euros")
    estonian = asked(client, "et", q="teadus inglise keeles alla 1500 euro")

    assert english == {"q": "science", "language": "en", "fee": "1500"}
    assert estonian == {"q": "teadus", "language": "en", "fee": "1500"}


def test_what_was_chosen_before_is_kept_and_the_list_begins_anew(
    client: Client,
) -> None:
    shelf()

    told = asked(
        client, "en", q="science under 900 €", fee="2000", open="yes", page="2"
    )

    assert told == {"q": "science", "open": "yes", "fee": "900"}


def test_what_was_understood_is_shown_and_can_be_let_go(client: Client) -> None:
    shelf()

    page = client.get(
        "/en/programmes/", {"q": "science, up to 2 500 euros"}, follow=True
    )

    assert len(page.redirect_chain) == 1
    assert 'chip--chosen" href="?q=science">up to €2,500' in text_of(page)
    assert titles(page)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("fri,sat", "only on Friday, Saturday"),
        ("tue,wed,thu,fri", "never on Monday, Saturday, Sunday"),
    ],
)
def test_days_are_said_the_short_way(client: Client, days: str, said: str) -> None:
    shelf()

    page = client.get("/en/programmes/", {"weekdays": days})

    assert said in words_of(page)


@pytest.mark.parametrize("language", ["et", "en"])
def test_the_example_of_the_first_page_is_understood(
    client: Client, language: str
) -> None:
    shelf()
    page = text_of(client.get(f"/{language}/"))
    found = re.search(r'href="(/\w\w/programmes/\?q=[^"]+)"', page)
    assert found

    answer = client.get(found[1])

    assert "fee=1500" in answer["Location"]


def test_days_that_go_together_are_one_press(client: Client) -> None:
    offered("Data Science", slug="data-science")

    page = client.get("/en/programmes/")
    chosen = client.get("/en/programmes/?weekdays=thu%2Cfri%2Csat")

    assert 'href="?weekdays=thu%2Cfri%2Csat">Thursday, Friday, Saturday' in text_of(
        page
    )
    assert 'href="?weekdays=fri%2Csat">' not in text_of(page)  # nothing is left then
    assert titles(chosen) == ["Data Science"]
    assert "Exams may be at other times" in words_of(chosen)


def test_plain_words_are_searched_as_they_are(client: Client) -> None:
    shelf()

    for words in ("science", "online marketing", "lots\0 of bogs"):
        answer = client.get("/en/programmes/", {"q": words})
        assert answer.status_code == HTTPStatus.OK
