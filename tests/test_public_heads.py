"""The heads of all public pages: titles, canonical addresses, languages, robots."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override

from mikrokraad.pages.tests import factories
from mikrokraad.people.tests import factories as people
from tests.test_house_rules import named_urls

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
# Files: not pages that somebody searches for.
NO_PAGE = re.compile(r"\.(png|atom|ics|jsonld)$")


@pytest.fixture(autouse=True)
def university() -> None:
    people.institution()
    factories.shelf()


def addresses(language: str) -> list[str]:
    """Public pages without parameters, and two programmes."""
    with override(language):
        found = [
            reverse(f"{room}:{url.name}")
            for room, url in named_urls(get_resolver())
            if room == "pages" and not url.pattern.converters
        ]
        programmes = [
            reverse("pages:programme", args=[slug]) for slug in ("data-science", "bogs")
        ]
    return sorted({one for one in [*found, *programmes] if not NO_PAGE.search(one)})


def pages(client: Client, language: str) -> dict[str, str]:
    """Those that answer a stranger with a page."""
    found = {}
    for address in addresses(language):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[address] = answer.content.decode()
    return found


def title(page: str) -> str:
    (found,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    return " ".join(unescape(found).split())


def links(page: str, rel: str) -> dict[str, str]:
    pattern = rf'<link rel="{rel}"(?: hreflang="([^"]*)")? href="([^"]*)">'
    return {language: unescape(href) for language, href in re.findall(pattern, page)}


@pytest.mark.parametrize("language", ["et", "en"])
def test_no_two_pages_have_one_title(client: Client, language: str) -> None:
    titles: dict[str, list[str]] = {}
    for address, page in pages(client, language).items():
        titles.setdefault(title(page), []).append(address)

    assert len(titles) > 8
    assert {name: where for name, where in titles.items() if len(where) > 1} == {}


@pytest.mark.parametrize("language", ["et", "en"])
def test_every_page_names_itself_and_its_other_languages(
    client: Client, language: str
) -> None:
    for address, page in pages(client, language).items():
        rest = address.removeprefix(f"/{language}")
        told = links(page, "alternate")

        assert links(page, "canonical") == {"": f"{SITE}{address}"}, address
        assert told == {
            **{code: f"{SITE}/{code}{rest}" for code, _name in site.LANGUAGES},
            "x-default": f"{SITE}/en{rest}",
        }, address


def test_a_canonical_address_keeps_what_makes_another_page(client: Client) -> None:
    address = "/en/programmes/?language=et&page=1"

    page = client.get(f"{address}&utm_source=x&gclid=1").content.decode()

    assert links(page, "canonical") == {"": f"{SITE}{address}"}
    assert links(page, "alternate")["et"] == f"{SITE}/et/programmes/?language=et&page=1"


def test_every_page_of_the_map_is_one_that_names_itself(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()

    mapped = re.findall(r"<loc>([^<]*)</loc>", text)
    assert len(mapped) > 10
    for address in mapped:
        page = client.get(address.removeprefix(SITE)).content.decode()
        assert links(page, "canonical") == {"": address}


def test_robots_are_kept_out_of_what_is_personal(
    client: Client,
    settings: Any,  # noqa: ANN401 -- pytest-django's own
) -> None:
    settings.DEMO = False

    text = client.get("/robots.txt").content.decode()

    for path in ("/et/my/", "/en/office/", "/s/"):
        assert f"Disallow: {path}\n" in text
    assert f"Sitemap: {SITE}/sitemap.xml" in text
