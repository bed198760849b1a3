"""Writing to the contact person: asked by anybody, answered once, kept, and forgotten."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from mikrokraad.admissions import actions, clocks, enquiring, exporting
from mikrokraad.admissions.models import Enquiry
from mikrokraad.admissions.rules import AlreadyAnswered
from mikrokraad.admissions.tests import factories
from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.people.tests import factories as people
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
PIRET = {
    "question": "Are the evenings online?",
    "name": "Piret Saar",
    "email": "piret@example.org",
    "website": "",
}


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def run() -> Run:
    return run_with_places(5)


def letters() -> dict[str, str]:
    """To whom, and with which subject."""
    return {
        each.payload["to"]: each.payload["subject"]
        for each in OutboxMessage.objects.order_by("pk")
    }


def test_somebody_unknown_asks_and_both_get_a_letter(client: Client, run: Run) -> None:
    answer = client.post(f"/en/ask/{run.pk}/", PIRET, follow=True)

    asked = Enquiry.objects.get()
    assert "Your question is on its way" in answer.content.decode()
    assert (asked.person, asked.name, asked.language) == (None, "Piret Saar", "en")
    assert letters() == {
        "piret@example.org": "We have your question about “Data Science”",
        run.contact.email: "Answer a question about “Data Science”",
    }


def test_letters_lead_to_the_page_that_keeps_questions_with_the_case() -> None:
    application = factories.released()
    offer = OutboxMessage.objects.get(key__startswith="letter:offer:").payload

    assert f"/ask/{application.run_id}/" in offer["body"]
    assert application.run.contact.name in offer["body"]
    assert application.run.contact.email not in offer["body"]


def test_one_can_still_ask_about_a_run_that_was_cancelled(
    client: Client, run: Run
) -> None:
    Run.objects.filter(pk=run.pk).update(cancelled_at=clock.now())

    answer = client.post(f"/en/ask/{run.pk}/", PIRET, follow=True)

    assert "Your question is on its way" in answer.content.decode()


def test_the_letter_to_the_contact_person_leads_to_the_desk(run: Run) -> None:
    asked = factories.enquiry(run)

    body = OutboxMessage.objects.get(payload__to=run.contact.email).payload["body"]
    assert f"{settings.PUBLIC_URL}/en/office/enquiries/{asked.pk}/" in body
    assert "> Are the evenings online?\n> I live in Narva." in body


def test_who_is_signed_in_is_not_asked_who_they_are(client: Client, run: Run) -> None:
    liis = people.person()
    client.force_login(liis)

    page = client.get(f"/en/ask/{run.pk}/").content.decode()
    client.post(f"/en/ask/{run.pk}/", {"question": "May I?"})

    asked = Enquiry.objects.get()
    assert 'name="email"' not in page
    assert (asked.person, asked.email) == (liis, liis.email)


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("question", "Write an answer here."),
        ("name", "Write your name."),
        ("email", "Write your e-mail address here."),
    ],
)
def test_what_is_missing_is_said(
    client: Client, run: Run, missing: str, says: str
) -> None:
    page = client.post(f"/en/ask/{run.pk}/", {**PIRET, missing: " "})

    assert says in page.content.decode()
    assert not Enquiry.objects.exists()


def test_a_machine_is_told_that_all_went_well(client: Client, run: Run) -> None:
    answer = client.post(f"/en/ask/{run.pk}/", {**PIRET, "website": "http://spam"})

    assert answer.headers["Location"] == f"/en/ask/{run.pk}/sent/"
    assert not Enquiry.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_many_questions_in_an_hour_have_to_wait(client: Client, run: Run) -> None:
    for _n in range(5):
        client.post(f"/en/ask/{run.pk}/", PIRET)

    page = client.post(f"/en/ask/{run.pk}/", PIRET)

    assert "Wait an hour" in page.content.decode()
    assert Enquiry.objects.count() == 5


def test_a_run_that_nobody_sees_takes_no_questions(client: Client, run: Run) -> None:
    Run.objects.update(published_at=None)

    assert client.get(f"/en/ask/{run.pk}/").status_code == 404


def test_the_answer_goes_out_in_the_language_of_the_question_and_is_kept(
    run: Run,
) -> None:
    asked, mari = factories.enquiry(run), factories.officer()

    actions.answer_enquiry(asked, "Jah, kõik.", by=mari, at=clock.now())

    letter = OutboxMessage.objects.latest("pk").payload
    kept = Enquiry.objects.get()
    assert (kept.answer, kept.answered_by) == ("Jah, kõik.", mari)
    assert letter["to"] == "piret@example.org"
    assert letter["language"] == "et"
    assert "Jah, kõik." in letter["body"]
    assert f"/et/ask/{run.pk}/" in letter["body"]


def test_a_second_answer_is_refused_and_changes_nothing(run: Run) -> None:
    asked, mari = factories.enquiry(run), factories.officer()
    actions.answer_enquiry(asked, "Yes.", by=mari, at=clock.now())

    with pytest.raises(AlreadyAnswered, match="answered already"):
        actions.answer_enquiry(asked, "No.", by=mari, at=clock.now())

    assert Enquiry.objects.get().answer == "Yes."
    assert OutboxMessage.objects.count() == 3


def test_an_answer_without_a_day_cannot_be_kept(run: Run) -> None:
    factories.enquiry(run)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.update(answer="Yes.")


def test_a_question_belongs_to_whoever_confirmed_its_address(run: Run) -> None:
    asked = factories.enquiry(run)
    piret, rival = people.person(email="Piret@example.org"), people.person("Rival")

    assert list(enquiring.enquiries_of(piret)) == [asked]
    assert list(enquiring.enquiries_of(rival)) == []


def test_a_question_of_somebody_signed_in_is_nobody_elses(run: Run) -> None:
    liis = people.person()
    asked = factories.enquiry(run, by=liis)
    type(liis).objects.filter(pk=liis.pk).update(email="new@example.org")
    other = people.person("Other", email=asked.email)

    assert list(enquiring.enquiries_of(other)) == []


def test_a_question_stands_beside_the_application_of_its_asker(run: Run) -> None:
    application = factories.submitted(run)
    asked = factories.enquiry(run, by=application.person)
    factories.enquiry(by=application.person)  # about another programme

    assert list(enquiring.enquiries_beside(application)) == [asked]


def test_old_questions_are_forgotten_and_others_kept(run: Run) -> None:
    asked, late = factories.enquiry(run), factories.enquiry(run)
    kept_for = timedelta(days=settings.DRAFTS_KEPT_DAYS)
    answered_at = asked.asked_at + timedelta(days=1)
    actions.answer_enquiry(late, "Yes.", by=factories.officer(), at=answered_at)

    at = asked.asked_at + kept_for + timedelta(hours=1)
    assert "1 old questions were taken out." in clocks.tick(at=at)
    assert actions.forget_enquiries(at=at) == 0
    assert list(Enquiry.objects.all()) == [late]


def test_a_forgotten_question_stands_in_no_letter_either(
    client: Client, run: Run
) -> None:
    client.post(f"/en/ask/{run.pk}/", PIRET)
    asked = Enquiry.objects.get()
    actions.answer_enquiry(asked, "Yes.", by=factories.officer(), at=clock.now())
    outbox.deliver_due(at=clock.now())
    assert OutboxMessage.objects.filter(payload__icontains="evenings").count() == 3

    at = clock.now() + timedelta(days=settings.DRAFTS_KEPT_DAYS, hours=1)
    actions.forget_enquiries(at=at)

    assert not OutboxMessage.objects.filter(payload__icontains="evenings").exists()
    assert not OutboxMessage.objects.filter(payload__icontains="piret").exists()
    assert OutboxMessage.objects.filter(state=Delivery.SENT).count() == 3


def test_a_copy_of_ones_data_has_the_questions(run: Run) -> None:
    liis = people.person()
    factories.enquiry(run, by=liis)

    told = exporting.about(liis)["questions"]

    assert [each["question"] for each in told] == [
        "Are the evenings online?\nI live in Narva."
    ]
