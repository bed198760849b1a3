"""Staff read a state from their side, applicants from theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db


def test_whose_answer_is_waited_for_is_said_from_the_readers_side(
    client: Client,
) -> None:
    asked = made.application_in(State.INFO_REQUESTED)
    sign_in(client, made.officer(), strong=True)
    queue = client.get(reverse("office:admissions_queue")).content.decode()
    case = client.get(
        reverse("office:admissions_application", args=[asked.pk])
    ).content.decode()

    sign_in(client, asked.person)
    own = client.get(asked.get_absolute_url()).content.decode()

    for page in (queue, case):
        assert "waiting for the applicant&#x27;s answer" in page
        assert "your answer" not in page
    assert "Your application waits for your answer" in own


@pytest.mark.parametrize(
    ("state", "turn"),
    [
        (State.INFO_REQUESTED, "The applicant&#x27;s move: answer the question"),
        (State.FEE_DUE, "The applicant&#x27;s move: pay the application fee"),
        (State.SUBMITTED, "<h2>Read the application</h2>"),
    ],
)
def test_staff_read_whose_move_it_is(client: Client, state: State, turn: str) -> None:
    case = made.application_in(state)
    sign_in(client, made.officer(), strong=True)

    page = client.get(reverse("office:admissions_application", args=[case.pk]))

    assert turn in page.content.decode()


def test_no_state_is_told_to_staff_as_if_they_were_the_applicant() -> None:
    assert [state for state in State if "your" in str(state.label)] == []
