"""The heads of all public pages: titles, descriptions, addresses, languages, robots."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import override

from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.catalogue.models import Run, Story
from mikrokraad.catalogue.stories import actions as story_actions
from mikrokraad.catalogue.tests import test_stories as stories
from mikrokraad.core import clock
from mikrokraad.pages.tests import factories
from mikrokraad.people.tests import factories as people
from tests.test_house_rules import named_urls
from tests.test_who_may_see import OPEN

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
CODES = [code for code, _name in site.LANGUAGES]
# Files, and what is only for whoever has a letter: no pages that somebody searches for.
NO_PAGES = {
    "admissions:apply",
    "admissions:lottery",
    "core:components",
    "pages:confirm_alert",
    "pages:dates",
    "pages:feed",
    "pages:programme_card",
    "pages:site_card",
    "pages:stop_alert",
    "pages:story_picture",
}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LINK = "{http://www.w3.org/1999/xhtml}link"


@dataclass(frozen=True)
class Head:
    """What the head of a page says."""

    language: str
    title: str
    description: str
    canonical: str
    languages: dict[str, str]
    for_searching: bool


@pytest.fixture(autouse=True)
def university() -> None:
    people.institution()
    factories.shelf()
    story()


def story() -> Story:
    run = Run.objects.get(version__programme__slug="bogs")
    told = stories.written(run.version, admissions.officer(), picture=stories.photo())
    return story_actions.publish_story(told, by=admissions.officer(), at=clock.now())


def shows() -> dict[str, list[dict[str, Any]]]:
    """What each page with something in its address shows here."""
    run = Run.objects.get(version__programme__slug="data-science")
    one, another = {"slug": "data-science"}, {"slug": "bogs"}
    return {
        "admissions:enquire": [{"run": run.pk}],
        "admissions:enquiry_sent": [{"run": run.pk}],
        "pages:door": [
            {"key": key} for key in ("refresh", "skill", "work", "courses", "people")
        ],
        "pages:programme": [one, another],
        "pages:programme_version": [{**one, "number": "1.0"}],
        "pages:remind_me": [one],
        "pages:semester_list": [{"term": run.intake.term_id}, {"term": "2027-summer"}],
        "pages:story": [{"slug": story_.slug} for story_ in Story.objects.all()],
        "pages:tell_me": [one],
    }


def addresses(language: str) -> list[str]:
    """Every public page, as `test_who_may_see` knows them."""
    told, found = shows(), []
    with override(language):
        for room, url in named_urls(get_resolver()):
            name = f"{room}:{url.name}"
            if name not in OPEN - NO_PAGES:
                continue
            known = told[name] if url.pattern.converters else [{}]
            found += [reverse(name, kwargs=kwargs) for kwargs in known]
    return found


def heads(client: Client, language: str) -> dict[str, Head]:
    found = {}
    for address in addresses(language):
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = head(answer.content.decode())
    return found


def head(page: str) -> Head:
    (language,) = re.findall(r'<html lang="([^"]*)">', page)
    (title,) = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    (description,) = re.findall(r'<meta name="description" content="([^"]*)">', page)
    (canonical,) = links(page, "canonical").values()
    return Head(
        language,
        " ".join(unescape(title).split()),
        unescape(description),
        canonical,
        links(page, "alternate"),
        '<meta name="robots"' not in page,
    )


def links(page: str, rel: str) -> dict[str, str]:
    pattern = rf'<link rel="{rel}"(?: hreflang="([^"]*)")? href="([^"]*)">'
    return {language: unescape(href) for language, href in re.findall(pattern, page)}


def alike(said: dict[str, str]) -> dict[str, list[str]]:
    """What more than one page says, with their addresses."""
    by_words: dict[str, list[str]] = {}
    for address, words in said.items():
        by_words.setdefault(words, []).append(address)
    return {words: where for words, where in by_words.items() if len(where) > 1}


@pytest.mark.parametrize("language", CODES)
def test_no_two_pages_have_one_title(client: Client, language: str) -> None:
    titles = {
        address: one.title
        for address, one in heads(client, language).items()
        if "remind-me" not in address  # the same wish, asked in two ways
    }

    assert len(titles) > 25
    assert all(titles.values())
    assert alike(titles) == {}


@pytest.mark.parametrize("language", CODES)
def test_no_two_pages_that_are_searched_for_have_one_description(
    client: Client, language: str
) -> None:
    told = {
        address: one.description
        for address, one in heads(client, language).items()
        if one.for_searching and "bogs" not in address  # both have one lead here
    }

    assert len(told) > 18
    assert {address for address, words in told.items() if len(words) < 20} == set()
    assert alike(told) == {}


def test_a_title_and_a_description_are_in_the_language_of_the_page(
    client: Client,
) -> None:
    by_language = {code: list(heads(client, code).values()) for code in CODES}

    for estonian, english in zip(by_language["et"], by_language["en"], strict=True):
        assert (estonian.language, english.language) == ("et", "en")
        assert estonian.title != english.title
        assert estonian.description != english.description


@pytest.mark.parametrize("language", CODES)
def test_every_page_names_itself_and_its_other_languages(
    client: Client, language: str
) -> None:
    for address, told in heads(client, language).items():
        rest = address.removeprefix(f"/{language}")

        assert told.canonical == f"{SITE}{address}"
        assert told.languages == {
            **{code: f"{SITE}/{code}{rest}" for code in CODES},
            "x-default": f"{SITE}/en{rest}",
        }


def test_every_other_language_names_the_page_back(client: Client) -> None:
    for address, told in heads(client, "en").items():
        other = client.get(told.languages["et"].removeprefix(SITE))

        assert head(other.content.decode()).languages == told.languages, address


def test_a_canonical_address_keeps_what_makes_another_page(client: Client) -> None:
    address = "/en/programmes/?language=et&page=1"

    told = head(client.get(f"{address}&utm_source=x&gclid=1").content.decode())

    assert told.canonical == f"{SITE}{address}"
    assert told.languages["et"] == f"{SITE}/et/programmes/?language=et&page=1"


def test_a_narrowed_list_says_in_its_title_to_what(client: Client) -> None:
    wishes = ("", "?q=data", "?language=et", "?open=yes", "?language=et&open=yes")

    titles = {
        wish: head(client.get(f"/en/programmes/{wish}").content.decode()).title
        for wish in wishes
    }

    assert alike(titles) == {}
    assert titles["?q=data"].startswith("Programmes: “data”")


# The map ------------------------------------------------------------------------------


def mapped(client: Client) -> dict[str, dict[str, str]]:
    """Each address of the map, with those that it has in other languages."""
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        str(url.findtext("s:loc", "", MAP)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iter(LINK)
        }
        for url in tree.findall("s:url", MAP)
    }


def test_the_map_and_the_pages_say_the_same_of_languages(client: Client) -> None:
    for address, languages in mapped(client).items():
        told = head(client.get(address.removeprefix(SITE)).content.decode())

        assert told.for_searching, address
        assert told.canonical == address
        assert told.languages == languages


def test_every_page_that_is_searched_for_is_in_the_map(client: Client) -> None:
    known = mapped(client)

    wanted = {
        f"{SITE}{address}"
        for code in CODES
        for address, one in heads(client, code).items()
        # Of a programme's versions, the page of the programme is the one to be found.
        if one.for_searching and "/versions/" not in address
    }

    assert wanted - set(known) == set()


def test_a_semester_without_programmes_is_not_in_the_map(client: Client) -> None:
    Run.objects.filter(intake__term="2027-summer").update(published_at=None)

    assert f"{SITE}/en/programmes/semester/2027-summer/" not in mapped(client)
    assert f"{SITE}/en/programmes/semester/2027-spring/" in mapped(client)


def test_robots_are_kept_out_of_what_is_personal(
    client: Client,
    settings: Any,  # noqa: ANN401 -- pytest-django's own
) -> None:
    settings.DEMO = False

    text = client.get("/robots.txt").content.decode()

    for path in ("/et/my/", "/en/office/", "/s/"):
        assert f"Disallow: {path}\n" in text
    assert f"Sitemap: {SITE}/sitemap.xml" in text
