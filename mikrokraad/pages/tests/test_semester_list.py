"""The list of a semester by language of study, and the summer school's own rules."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mikrokraad.catalogue.models import Kind, Run
from mikrokraad.fees.tests.factories import with_application_fee
from mikrokraad.pages.tests.factories import OVER, many, offered, shelf, words_of
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
PAGE = "/en/programmes/semester/2027-spring/"


def test_every_programme_stands_there_with_deadline_and_contact(client: Client) -> None:
    offered("Data Science", slug="data-science")
    offered("Agile Law", slug="law", own_deadline=OVER, languages=["et"])

    words = words_of(client.get(PAGE))

    assert "Apply until 21 January, unless the programme says otherwise." in words
    assert words.index("Agile Law") < words.index("Data Science")
    assert "12 ECTS Apply until: 21 January 2027 Mari Tamm" in words
    assert "Apply until: 20 November 2026 over" in words


def test_it_can_be_had_by_language_of_study(client: Client) -> None:
    offered("Data Science", slug="data-science")
    offered("Agile Law", slug="law", languages=["et"])
    offered("Both", slug="both", languages=["et", "en"])

    words = words_of(client.get(f"{PAGE}?language=en"))

    assert "Data Science" in words
    assert "Both" in words
    assert "Agile Law" not in words


def test_groups_of_employers_are_not_there(client: Client) -> None:
    offered("Hidden", slug="hidden", commissioned_by=people.organisation())

    assert "Hidden" not in words_of(client.get(PAGE))


@pytest.mark.parametrize("path", ["1999-spring/", "x/"])
def test_a_semester_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/programmes/semester/{path}").status_code == 404


@pytest.mark.parametrize("asked", ["language=xx", "language=%00", "page=99"])
def test_a_strange_wish_does_no_harm(client: Client, asked: str) -> None:
    offered("Data Science", slug="data-science")

    assert "Data Science" in words_of(client.get(f"{PAGE}?{asked}"))


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(2)
    with django_assert_max_num_queries(10):
        client.get(f"{PAGE}?language=en&page=1")
    many_more = [offered(f"More {n}", slug=f"more-{n}") for n in range(8)]

    with django_assert_max_num_queries(10):
        client.get(f"{PAGE}?language=en&page=1")
    assert many_more


def test_the_summer_school_says_its_own_rules(client: Client) -> None:
    shelf()
    bogs = next(
        run for run in Run.objects.all() if run.version.programme.slug == "bogs"
    )
    with_application_fee(bogs)
    Kind.objects.filter(code="summer-school").update(acceptance_letter=True)

    words = words_of(client.get("/en/summer-school/"))

    assert f"Length {(date(2027, 7, 23) - bogs.starts_on).days + 1} days" in words
    assert "Credits 12 ECTS" in words
    assert "Application fee €25, paid first and not returned" in words
    assert "For the visa a letter of acceptance (PDF)" in words
    assert "You pay the application fee, €25" in words


def test_the_list_of_programmes_leads_there(client: Client) -> None:
    shelf()

    page = client.get("/en/programmes/?semester=2027-spring").content.decode()

    assert f'href="{PAGE}"' in page
