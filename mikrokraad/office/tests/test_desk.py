"""The desk's first page: whom it opens to."""

import pytest
from django.test import Client

from mikrokraad.people.models import Duty
from mikrokraad.people.roles import duty_in_words
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/"


def test_desk_asks_a_stranger_to_sign_in(client: Client) -> None:
    answer = client.get(DESK)

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/en/office/")


def test_desk_is_closed_to_a_learner(client: Client) -> None:
    sign_in(client, people.person(), strong=True)

    assert client.get(DESK).status_code == 403


def test_desk_is_closed_to_a_lecturer(client: Client) -> None:
    sign_in(client, people.staff(Duty.LECTURER), strong=True)

    assert client.get(DESK).status_code == 403


def test_desk_asks_staff_for_a_second_factor(client: Client) -> None:
    sign_in(client, people.staff(Duty.OFFICER))

    answer = client.get(DESK)

    assert answer.status_code == 302
    assert "second" in answer["Location"]


@pytest.mark.parametrize("duty", sorted(set(Duty) - {Duty.LECTURER}))
def test_desk_opens_to_staff_with_a_second_factor(client: Client, duty: Duty) -> None:
    sign_in(client, people.staff(duty), strong=True)

    answer = client.get(DESK)

    assert answer.status_code == 200
    assert duty_in_words(duty) in answer.content.decode()


def test_desk_names_the_duty_in_the_language_of_the_page(client: Client) -> None:
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    shown = client.get("/et/office/").content.decode()

    assert "Programmijuht" in shown
    assert "Programme" not in shown
