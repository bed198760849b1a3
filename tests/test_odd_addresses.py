"""Addresses that nobody has typed by hand: they are not found, and never a fault of ours."""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter

from mikrokraad.people.models import Duty, Role
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
FAULT = HTTPStatus.INTERNAL_SERVER_ERROR
PART = re.compile(r"<[^>]+>")
ODD = {
    "nul": "%00",
    "nul inside": "2026-00001%00",
    "long": "x" * 3000,
    "many digits": "9" * 5000,
    "more than the database counts": "9" * 30,
    "emoji": "%F0%9F%A7%B6",
    "letters": "õäöü",
    "half a letter": "%C3",
    "surrogate": "%ED%A0%80",
    "turned around": "%E2%80%AE2026",
    "two lines": "a%0Ab",
    "quotes": "%27%22--",
    "up": "%2e%2e",
}
PUBLIC = [
    "/c/{}/",
    "/s/{}/",
    "/s/{}/certificate.pdf",
    "/s/{}/openbadge.json",
    "/status/{}",
    "/calendar/{}.ics",
    "/en/programmes/{}/",
    "/en/programmes/{}/versions/1.0/",
    "/en/programmes/data-science/versions/{}/",
    "/et/{}/",
    "/static/{}",
    "/api/v1/{}/",
]
SEARCHES = [
    "/en/programmes/?q={}&semester={}&field={}",
    "/en/office/credentials/register/?q={}&page={}",
    "/en/office/fees/?q={}&show={}",
    "/en/demo/mailbox/?q={}",
    "/en/demo/sign-in/?next={}",
    "/c/2026-00001/?lang={}",
]


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield route, entry


OURS = [
    (route, url)
    for route, url in routes(get_resolver())
    if url.callback.__module__.startswith("mikrokraad.")
]


@pytest.fixture
def somebody(client: Client) -> Client:
    """Staff with every duty: nothing is closed before it is looked up."""
    people.institution()
    member = people.staff(Duty.ADMINISTRATOR)
    Role.objects.bulk_create(
        Role(person=member, duty=duty) for duty in set(Duty) - {Duty.ADMINISTRATOR}
    )
    sign_in(client, member, strong=True)
    return client


def test_parts_of_addresses_take_no_control_characters() -> None:
    """`<str:…>` lets a NUL through to the database, and PostgreSQL refuses it."""
    plain = [
        route
        for route, url in OURS
        for each in url.pattern.converters.values()
        if type(each) is StringConverter
    ]

    assert plain == []


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_a_public_page_that_cannot_be_is_not_found(client: Client, odd: str) -> None:
    answers = {page: client.get(page.format(odd)).status_code for page in PUBLIC}

    assert answers == dict.fromkeys(PUBLIC, HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_address_breaks(somebody: Client, odd: str) -> None:
    somebody.raise_request_exception = False
    addresses = {
        "/" + PART.sub(odd, route) for route, _url in OURS if PART.search(route)
    }

    broken = {each for each in addresses if somebody.get(each).status_code >= FAULT}

    assert len(addresses) > 50
    assert broken == set()


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_search_breaks(somebody: Client, odd: str) -> None:
    somebody.raise_request_exception = False

    answers = {
        page: somebody.get(page.format(*[odd] * 3)).status_code for page in SEARCHES
    }

    assert {status for status in answers.values() if status >= FAULT} == set(), answers
