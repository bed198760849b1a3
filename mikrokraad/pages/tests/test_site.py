"""The frame of every page: languages, navigation, maps for machines, faults."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils.translation import override

from mikrokraad.catalogue.models import Run, Story
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.pages.doors import doors, leads_elsewhere
from mikrokraad.pages.tests.factories import offered, shelf, text_of, titles, words_of
from mikrokraad.pages.told import PUBLIC
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
PATHS = [
    "",
    "programmes/",
    "programmes/data-science/",
    "programmes/data-science/versions/1.0/",
    "summer-school/",
    "stories/",
    "about/",
    "accessibility/",
    "privacy/",
]


@pytest.fixture
def university() -> None:
    people.institution()
    shelf()


@pytest.mark.usefixtures("university")
@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_stands_in_its_language(
    client: Client, path: str, language: str
) -> None:
    page = client.get(f"/{language}/{path}")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in text_of(page)
    assert text_of(page).count("<h1") == 1


@pytest.mark.usefixtures("university")
@pytest.mark.parametrize("path", [*PATHS, "programmes/?language=et&mode=online"])
def test_the_language_switch_keeps_the_page(client: Client, path: str) -> None:
    page = text_of(client.get(f"/en/{path}"))

    other = re.search(r'class="header__link" href="([^"]*)" hreflang="et"', page)
    assert other is not None
    assert other[1].replace("&amp;", "&") == f"/et/{path}"


@pytest.mark.usefixtures("university")
def test_each_page_names_itself_and_its_other_languages(client: Client) -> None:
    page = text_of(client.get("/en/programmes/data-science/"))

    root = f"{settings.PUBLIC_URL}/{{}}/programmes/data-science/"
    assert f'<link rel="canonical" href="{root.format("en")}">' in page
    for code in ("et", "en"):
        link = f'<link rel="alternate" hreflang="{code}" href="{root.format(code)}">'
        assert page.count(link) == 1


@pytest.mark.parametrize(
    ("prefers", "goes"), [("en-GB,en", "/en/"), ("et", "/et/"), ("fi", "/et/")]
)
def test_the_bare_address_chooses_by_preference(
    client: Client, prefers: str, goes: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": prefers})

    assert answer.headers["Location"] == goes
    assert "Accept-Language" in answer.headers["Vary"]


# Who sees which links ----------------------------------------------------------------


def links(client: Client, path: str = "/en/about/") -> list[str]:
    page = text_of(client.get(path))
    wide = re.search(r'<nav class="header__wide".*?</nav>', page, flags=re.DOTALL)
    assert wide is not None
    return re.findall(r">([^<>]+)</a>", wide[0])


PUBLIC_LINKS = ["Programmes", "Summer school", "Stories", "How it works"]


def test_a_visitor_is_offered_to_sign_in(client: Client) -> None:
    assert links(client) == [*PUBLIC_LINKS, "Sign in", "Eesti"]


def test_a_learner_has_their_page(client: Client) -> None:
    client.force_login(people.person())

    assert links(client) == [*PUBLIC_LINKS, "My page", "Sign out", "Eesti"]


@pytest.mark.parametrize(
    "duty", [Duty.OFFICER, Duty.PROGRAMME_MANAGER, Duty.FINANCE, Duty.ASSESSOR]
)
def test_staff_have_their_desk(client: Client, duty: Duty) -> None:
    client.force_login(people.staff(duty))

    assert links(client) == [*PUBLIC_LINKS, "My page", "Desk", "Sign out", "Eesti"]


def test_lecturers_have_their_groups(client: Client) -> None:
    client.force_login(people.staff(Duty.LECTURER))

    assert links(client) == [*PUBLIC_LINKS, "My page", "My groups", "Sign out", "Eesti"]


def test_the_current_page_is_marked(client: Client) -> None:
    page = text_of(client.get("/en/about/"))

    marked = re.findall(r'href="([^"]*)" aria-current="page"', page)
    assert set(marked) == {"/en/about/"}


# Machines ----------------------------------------------------------------------------


@pytest.mark.usefixtures("university")
def test_the_map_lists_every_public_page_in_every_language(client: Client) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").content)

    found = [element.text for element in tree.iter() if element.tag.endswith("loc")]
    programmes, semesters, verifying = 4, 2, 1
    behind = [door for door in doors() if not leads_elsewhere(door)]
    pages = len(PUBLIC) + programmes + semesters + verifying + len(behind)
    assert len(found) == len(set(found)) == 2 * pages
    assert f"{settings.PUBLIC_URL}/et/programmes/singing/" in found
    for address in found:
        path = str(address).removeprefix(settings.PUBLIC_URL)
        assert client.get(path).status_code == 200


@override_settings(DEMO=False)
def test_robots_are_kept_from_what_is_personal(client: Client) -> None:
    lines = text_of(client.get("/robots.txt")).splitlines()

    assert {"Disallow: /et/my/", "Disallow: /en/office/", "Disallow: /s/"} <= set(lines)
    assert "Disallow: /" not in lines
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in lines


@override_settings(DEMO=True)
def test_robots_leave_the_demonstration_alone(client: Client) -> None:
    assert "Disallow: /" in text_of(client.get("/robots.txt")).splitlines()


# Faults ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "title"),
    [("/et/nothing/", "Siin ei ole midagi"), ("/en/nothing/", "There is nothing here")],
)
def test_a_missing_page_says_so_in_its_language(
    client: Client, path: str, title: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in text_of(answer)
    assert f'href="{path[:4]}programmes/"' in text_of(answer)
    assert 'name="robots" content="noindex"' in text_of(answer)


@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_a_fault_needs_nothing_from_the_site(name: str, language: str) -> None:
    with override(language):
        page = render_to_string(f"{name}.html")

    assert page.count("<h1>") == 1
    assert f'href="/{language}/' in page


def test_a_forged_form_is_told_to_try_again() -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/en/verify/", {"text": "2026-00001"})

    assert answer.status_code == 403
    assert "The form was open for too long" in words_of(answer)


@pytest.mark.usefixtures("university")
@pytest.mark.parametrize("path", [*PATHS, "my/"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    client.force_login(people.person())

    head, post = client.head(f"/en/{path}"), client.post(f"/en/{path}")

    assert (head.status_code, head.content) == (200, b"")
    assert post.status_code == 405


# Without JavaScript ------------------------------------------------------------------


@pytest.mark.usefixtures("university")
@pytest.mark.parametrize("path", PATHS)
def test_pages_work_without_javascript(client: Client, path: str) -> None:
    page = text_of(client.get(f"/en/{path}"))

    code = r'<script(?! type="application/ld\+json">)(?![^>]*\bsrc=)'
    assert re.findall(code, page) == []
    assert re.findall(r'href="(?:#|javascript:[^"]*)"', page) == []
    for form in re.findall(r"<form[^>]*>", page):
        assert 'method="get"' in form
    for tag in re.findall(r"<[^>]* hx-[^>]*>", page):
        assert "href=" in tag or "action=" in tag


# The first page, stories, summer -----------------------------------------------------


@pytest.mark.usefixtures("university")
def test_the_first_page_shows_what_is_open_of_different_fields(client: Client) -> None:
    page = client.get("/en/")

    assert sorted(titles(page)) == [
        "Bogs in Summer",
        "Data Science",
        "Singing Together",
    ]
    assert "See all 3 open programmes" in words_of(page)


def test_the_first_page_says_when_nothing_is_open(client: Client) -> None:
    assert "Nothing is open for applications today" in words_of(client.get("/en/"))


def test_a_story_leads_to_its_programme(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    Story.objects.create(
        slug="liis",
        programme=run.version.programme,
        who="Liis M",
        about=catalogue.both("From tables to answers"),
        quote=catalogue.both("I know what the numbers mean."),
        body=catalogue.both("It was frightening."),
        consent_on=catalogue.OPENED.date(),
        published_at=catalogue.OPENED,
    )

    page = client.get("/en/stories/")

    assert "I know what the numbers mean." in words_of(page)
    assert "See the programme Data Science" in words_of(page)
    assert 'href="/en/stories/liis/"' in text_of(client.get("/en/"))


def test_a_story_that_is_not_published_stays_unseen(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    Story.objects.create(
        slug="liis",
        programme=run.version.programme,
        who="Liis M",
        about=catalogue.both("A"),
        quote=catalogue.both("B"),
        body=catalogue.both("C"),
    )

    assert "No stories yet" in words_of(client.get("/en/stories/"))


@pytest.mark.usefixtures("university")
def test_the_summer_school_shows_its_programmes_and_deadline(client: Client) -> None:
    page = client.get("/en/summer-school/")

    assert titles(page) == ["Bogs in Summer"]
    assert "Apply until 30 April" in words_of(page)


@pytest.mark.usefixtures("university")
def test_the_summer_school_names_the_documents(client: Client) -> None:
    bogs = Run.objects.get(version__programme__slug="bogs").version
    bogs.requirements.create(
        position=9, key="pass", kind="document", text=both("A copy of your passport.")
    )

    words = words_of(client.get("/en/summer-school/"))

    assert "Who may come whoever has at least" in words
    assert "Documents to have at hand" in words
    assert "Bogs in Summer A copy of your passport." in words


def test_a_summer_not_planned_says_when_it_will_be(client: Client) -> None:
    words = words_of(client.get("/en/summer-school/"))

    assert "The next summer is not planned yet" in words


def test_the_privacy_page_says_for_how_long(client: Client) -> None:
    people.institution()

    words = words_of(client.get("/en/privacy/"))

    assert "An application that was not sent 6 months" in words
    assert "mikrokraad@example.org , Demonstration University" in words


def test_a_page_without_a_user_still_has_a_frame() -> None:
    request = RequestFactory().get("/en/nothing/")

    page = render_to_string("404.html", request=request)

    assert "<header" in page
