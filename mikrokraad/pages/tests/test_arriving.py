"""Campaigns' links are counted where they lead; nobody is followed."""

import re

import pytest
from django.test import Client

from mikrokraad.catalogue.models import Arrivals
from mikrokraad.core import clock
from mikrokraad.pages.tests import factories
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
LINK = "?utm_source=Newsletter&utm_medium=e-mail&utm_campaign=spring"
PAGE = "/en/programmes/data-science/"
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def offered() -> None:
    factories.offered("Data Science", slug="data-science")


def counted() -> list[tuple[str, str | None, str, int]]:
    rows = Arrivals.objects.order_by("pk")
    return list(rows.values_list("page", "programme__slug", "source", "visits"))


def test_every_visit_from_a_link_is_counted(client: Client) -> None:
    for address in (PAGE, PAGE, "/et/programmes/data-science/", "/en/programmes/"):
        answer = client.get(address + LINK, headers=BROWSER)
        assert not answer.cookies

    assert counted() == [
        ("programme", "data-science", "newsletter", 3),
        ("programmes", None, "newsletter", 1),
    ]
    assert Arrivals.objects.first().day == clock.today()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (PAGE, BROWSER),
        (f"{PAGE}?utm_source=", BROWSER),
        (f"{PAGE}?utm_campaign=spring", BROWSER),
        (f"/en/programmes/nothing/{LINK}", BROWSER),
        (f"/en/about/{LINK}", BROWSER),
        (PAGE + LINK, {"user-agent": "Googlebot/2.1"}),
        (PAGE + LINK, {}),
        (PAGE + LINK, {**BROWSER, "sec-purpose": "prefetch"}),
    ],
)
def test_what_is_no_visit_from_a_link_is_not_counted(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    client.get(address, headers=headers)

    assert counted() == []


def test_looking_whether_a_page_is_there_is_no_visit(client: Client) -> None:
    client.head(PAGE + LINK, headers=BROWSER)

    assert counted() == []


@pytest.mark.parametrize("address", [PAGE, "/en/programmes/", "/en/", "/en/about/"])
def test_no_link_of_a_page_carries_the_words_on(client: Client, address: str) -> None:
    answer = client.get(f"{address}{LINK}&fbclid=abc", headers=BROWSER)

    page = factories.text_of(answer)
    assert [one for one in re.findall(r'href="([^"]*)"', page) if "utm_" in one] == []
    assert "fbclid" not in page
    assert f'<link rel="canonical" href="http://localhost:8000{address}">' in page


def test_a_desk_shows_where_visitors_came_from(client: Client) -> None:
    for _n in range(2):
        client.get(PAGE + LINK, headers=BROWSER)
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    words = factories.words_of(client.get("/en/office/arrivals/"))

    assert "2 visits in 90 days" in words
    assert "Data Science newsletter e-mail spring 2" in words
    assert "Week of 23 November 2" in words


def test_an_empty_desk_says_how_to_begin(client: Client) -> None:
    sign_in(client, people.staff(Duty.OFFICER), strong=True)

    words = factories.words_of(client.get("/en/office/arrivals/"))

    assert "Nobody has come from such a link yet" in words
    assert "utm_source=newsletter" in words
