"""The learner's page: what of a degree is filled already."""

import pytest
from django.test import Client

from mikrokraad.pathways.tests import factories
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def test_my_degrees_asks_who_it_is(client: Client) -> None:
    assert client.get("/en/my/degrees/").status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Nothing counts in a degree yet"),
        ("et", "Veel ei lähe midagi kraadi arvesse"),
    ],
)
def test_my_degrees_without_any_says_how_to_get_there(
    client: Client, language: str, words: str
) -> None:
    sign_in(client, people.person())

    page = client.get(f"/{language}/my/degrees/").content.decode()

    assert words in page
    assert f'href="/{language}/programmes/"' in page


def test_my_degrees_says_what_counts_and_what_would(client: Client) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "B")
    slots = factories.slots_of(factories.curriculum("Computer Science"))
    passed, taking = [each.section.course for each in studies.places_of(enrolment)]
    factories.counts(passed, slots[1])
    factories.counts(taking, slots[0])
    sign_in(client, enrolment.person)

    page = client.get("/en/my/degrees/").content.decode()

    assert "Computer Science" in page
    assert "6 of 120 ECTS count already." in page
    assert "6 more once you pass what you study now." in page
    assert "as the compulsory “Place 2”" in page


def test_nobody_sees_somebody_elses_degrees(client: Client) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "B")
    slot = factories.slots_of(factories.curriculum())[0]
    factories.counts(studies.places_of(enrolment)[0].section.course, slot)
    sign_in(client, people.person("Rein"))

    page = client.get("/en/my/degrees/").content.decode()

    assert "Computer Science" not in page
