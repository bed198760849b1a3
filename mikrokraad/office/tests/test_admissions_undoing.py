"""The admissions desk: taking a mistaken decision back, by a second person."""

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests.factories import application_in
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
WHY = {"reason": "The diploma was in the second file."}


@pytest.fixture
def mari(client: Client) -> Person:
    officer = people.staff(Duty.OFFICER, unit=people.unit())
    sign_in(client, officer, strong=True)
    return officer


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("reverse", State.REJECTED, State.UNDER_REVIEW),
        ("withdraw_by_school", State.OFFERED, State.WITHDRAWN_BY_SCHOOL),
    ],
)
def test_a_mistake_is_taken_back_from_the_case(
    client: Client, mari: Person, name: str, start: State, end: State
) -> None:
    case = application_in(start)
    address = reverse(f"office:admissions_{name}", args=[case.pk])
    here = reverse("office:admissions_application", args=[case.pk])
    linked = client.get(here).content.decode()

    client.post(address, WHY)

    case.refresh_from_db()
    after = client.get(here).content.decode()
    assert address in linked
    assert case.state == end
    assert "Decisions that were taken back" in after
    assert WHY["reason"] in after


def test_whoever_decided_reads_why_they_cannot(client: Client, mari: Person) -> None:
    case = application_in(State.REJECTED)
    case.decisions.update(by=mari)
    address = reverse("office:admissions_reverse", args=[case.pk])

    shown = client.post(address, WHY).content.decode()

    case.refresh_from_db()
    assert "You decided this yourself." in shown
    assert case.state == State.REJECTED
