"""Questions at the desk: those of one's own programmes, open first, answered once."""

import pytest
from django.test import Client

from mikrokraad.admissions.models import Enquiry
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/enquiries/"


@pytest.fixture
def mari(client: Client) -> Person:
    manager = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit())
    sign_in(client, manager, strong=True)
    return manager


def test_open_questions_come_first_with_whose_move_it_is(
    client: Client, mari: Person
) -> None:
    answered, waiting = admissions.enquiry(), admissions.enquiry()
    client.post(f"{DESK}{answered.pk}/", {"text": "Yes."})

    page = client.get(DESK).content.decode()

    assert page.index(str(waiting.pk)) < page.index(str(answered.pk))
    assert "since 24 November" in page
    assert "on 24 November" in page


def test_the_desk_counts_what_waits(client: Client, mari: Person) -> None:
    admissions.enquiry()

    page = client.get("/en/office/").content.decode()

    assert "question waits for an answer" in page


def test_an_answer_is_sent_and_shown(client: Client, mari: Person) -> None:
    asked = admissions.enquiry()
    form = client.get(f"{DESK}{asked.pk}/").content.decode()

    done = client.post(f"{DESK}{asked.pk}/", {"text": "Yes, online."}, follow=True)

    page = client.get(f"{DESK}{asked.pk}/").content.decode()
    assert "Write in Estonian" in form
    assert "The answer is on its way" in done.content.decode()
    assert "Yes, online." in page
    assert "<textarea" not in page


def test_answering_twice_is_refused(client: Client, mari: Person) -> None:
    asked = admissions.enquiry()
    client.post(f"{DESK}{asked.pk}/", {"text": "Yes."})

    page = client.post(f"{DESK}{asked.pk}/", {"text": "No."})

    assert "answered" in page.content.decode()
    assert Enquiry.objects.get().answer == "Yes."


def test_questions_of_other_units_are_not_there(client: Client) -> None:
    asked = admissions.enquiry()
    elsewhere = people.staff(Duty.OFFICER, unit=people.unit("ELSEWHERE"))
    sign_in(client, elsewhere, strong=True)

    assert client.get(f"{DESK}{asked.pk}/").status_code == 404
    assert "Nobody has asked anything" in client.get(DESK).content.decode()


def test_officers_see_beside_an_application_what_was_asked(
    client: Client, mari: Person
) -> None:
    application = admissions.submitted()
    asked = admissions.enquiry(application.run, by=application.person)

    page = client.get(f"/en/office/admissions/{application.pk}/").content.decode()

    assert f"{DESK}{asked.pk}/" in page


def test_learners_see_their_questions_on_their_page(client: Client) -> None:
    liis = people.person()
    admissions.enquiry(by=liis)
    client.force_login(liis)

    page = client.get("/en/my/").content.decode()

    assert "waits for an answer" in page
    assert "I live in Narva." in page
