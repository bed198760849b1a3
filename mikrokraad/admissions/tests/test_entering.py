"""Staff enter an application for somebody, who reads it through and sends it."""

import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import queries
from mikrokraad.admissions.models import Application, EnteredFor
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue.models import Question, Requirement, Run
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
PAPER = {
    "email": "endel@example.org",
    "how": "paper",
    "language": "en",
    "given_name": "Endel",
    "family_name": "Kask",
    "education": "higher",
    "work-met": "yes",
    "work-years": "3",
    "question-goal": "To count.",
}


@pytest.fixture
def run() -> Run:
    people.institution()
    run = run_with_places(5)
    Requirement.objects.create(
        version=run.version,
        position=1,
        key="work",
        kind=RequirementKind.EXPERIENCE,
        text=both("You have worked for two years."),
        params={"years": 2},
    )
    Question.objects.create(
        version=run.version, position=1, key="goal", text=both("What for?")
    )
    return run


@pytest.fixture
def mari(client: Client) -> Person:
    officer = people.staff(Duty.OFFICER, unit=people.unit(), given_name="Mari")
    sign_in(client, officer, strong=True)
    return officer


def entered(client: Client, run: Run, **other: str) -> str:
    address = reverse("office:admissions_enter_for", args=[run.pk])
    answer = client.post(address, {**PAPER, **other}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_on_paper_is_a_draft_of_the_person(
    client: Client, run: Run, mari: Person
) -> None:
    page = entered(client, run)

    made = Application.objects.get()
    assert "Entered. Endel Kask gets a letter" in page
    assert (made.state, made.person.email) == (State.DRAFT, "endel@example.org")
    assert made.education == "higher"
    assert made.answers == {
        "requirements": {"work": {"met": "yes", "years": 3.0}},
        "questions": {"goal": "To count."},
    }
    assert queries.missing_sections(made) == ["about", "education", "payer"]


def test_who_entered_it_is_kept_and_shown_to_both(
    client: Client, run: Run, mari: Person
) -> None:
    entered(client, run)
    made = Application.objects.get()
    client.force_login(made.person)

    page = client.get(made.get_absolute_url()).content.decode()

    told = RegisterEntry.objects.get(verb="application: entered for")
    begun = RegisterEntry.objects.get(verb="application: start")
    assert told.by == begun.by == EnteredFor.objects.get().by == mari
    assert f"{mari.name} entered this for you" in page
    assert "with that you confirm it" in page


def test_the_letter_leads_to_the_application_and_is_no_receipt(
    client: Client, run: Run, mari: Person
) -> None:
    entered(client, run, how="phone")

    letter = OutboxMessage.objects.get(key__contains=":entered:").payload
    assert letter["to"] == "endel@example.org"
    assert f"/en/applications/{Application.objects.get().pk}/" in letter["body"]
    assert "It is not sent yet." in letter["body"]
    assert "on the telephone" in letter["body"]


def test_a_person_who_is_known_keeps_their_name(
    client: Client, run: Run, mari: Person
) -> None:
    liis = people.person("Liis", "Maasikas")

    entered(client, run, email=liis.email.upper())

    liis.refresh_from_db()
    assert liis.name == "Liis Maasikas"
    assert Application.objects.get().person == liis


def test_a_second_application_to_the_run_is_refused(
    client: Client, run: Run, mari: Person
) -> None:
    begun = factories.draft(run)

    page = entered(client, run, email=begun.person.email)

    assert "has an application to this run already" in page
    assert Application.objects.get() == begun
    assert not EnteredFor.objects.exists()


def test_staff_of_another_unit_enter_nothing(client: Client, run: Run) -> None:
    other = people.staff(Duty.OFFICER, unit=people.unit("Other"))
    sign_in(client, other, strong=True)

    answer = client.post(reverse("office:admissions_enter_for", args=[run.pk]), PAPER)

    assert answer.status_code == 404
    assert not Application.objects.exists()
