"""Pages of a sent application, and whom they open to."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mikrokraad.admissions import actions, wording
from mikrokraad.admissions.models import Application, Evidence
from mikrokraad.admissions.rules import LADDER, State
from mikrokraad.admissions.tests.factories import application_in, evidence
from mikrokraad.core import clock
from mikrokraad.fees.models import Invoice
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db

PAGES = [
    "application",
    "about_you",
    "education",
    "questions",
    "payer",
    "submit",
    "submitted",
    "answer",
    "accept_offer",
    "decline_offer",
    "withdraw",
]


def page(name: str, application: Application) -> str:
    return reverse(f"admissions:{name}", args=[application.pk])


def mine(client: Client, state: State) -> Application:
    application: Application = application_in(state)
    sign_in(client, application.person)
    return application


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# Whom it opens to ---------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_strangers_application_is_not_found(client: Client, name: str) -> None:
    application = application_in(State.OFFERED)
    sign_in(client, people.person("Jaan", "Tamm"))

    assert client.get(page(name, application)).status_code == 404
    assert client.post(page(name, application)).status_code in (404, 405)


@pytest.mark.parametrize("name", PAGES)
def test_nobody_sees_an_application_without_signing_in(
    client: Client, name: str
) -> None:
    application = application_in(State.OFFERED)

    answer = client.get(page(name, application))

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={page(name, application)}")


def test_staff_read_applications_at_their_desk_not_here(client: Client) -> None:
    application = application_in(State.OFFERED)
    sign_in(client, people.staff(Duty.OFFICER), strong=True)

    assert client.get(page("application", application)).status_code == 404


def test_evidence_goes_to_its_owner_as_a_download(client: Client) -> None:
    file = evidence()
    sign_in(client, file.application.person)

    answer = client.get(reverse("admissions:evidence", args=[file.pk]))
    answer.close()

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["evidence", "remove_evidence"])
def test_evidence_of_somebody_else_is_not_found(client: Client, name: str) -> None:
    file = evidence()
    sign_in(client, people.person("Jaan", "Tamm"))

    assert client.get(reverse(f"admissions:{name}", args=[file.pk])).status_code in (
        404,
        405,
    )
    client.post(reverse(f"admissions:{name}", args=[file.pk]))
    assert Evidence.objects.get().removed_at is None


# Where it stands ----------------------------------------------------------------


@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize("state", list(State))
def test_application_says_where_it_stands(
    client: Client, state: State, language: str
) -> None:
    application = mine(client, state)

    with translation.override(language):
        shown = text_of(client, page("application", application))

        assert str(wording.told(state).headline) in shown
    assert f'<html lang="{language}"' in shown


@pytest.mark.parametrize("state", [State.OFFER_STAGED, State.REJECTION_STAGED])
def test_a_staged_decision_is_not_shown(client: Client, state: State) -> None:
    application = mine(client, state)
    other = application_in(State.UNDER_REVIEW)

    shown = text_of(client, page("application", application))

    sign_in(client, other.person)
    usual = text_of(client, page("application", other))
    assert str(wording.STATES[State.UNDER_REVIEW].headline) in shown
    assert ("prepared" in shown, "staged" in shown) == (
        "prepared" in usual,
        "staged" in usual,
    )


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_and_a_place_on_the_way(state: State) -> None:
    steps = wording.steps(state)

    assert [step["state"] for step in steps].count("now") + [
        step["state"] for step in steps
    ].count("stopped") == 1
    assert wording.told(state).headline


# Moves --------------------------------------------------------------------------


def test_answer_sends_the_answer_and_gives_the_move_back(client: Client) -> None:
    application = mine(client, State.INFO_REQUESTED)

    client.post(page("answer", application), {"text": "In 2019, at Tartu."})

    application.refresh_from_db()
    assert application.state == State.UNDER_REVIEW
    assert "In 2019, at Tartu." in text_of(client, page("application", application))


def test_an_empty_answer_is_not_sent(client: Client) -> None:
    application = mine(client, State.INFO_REQUESTED)

    answer = client.post(page("answer", application), {"text": " "})

    assert "Write an answer here." in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.INFO_REQUESTED


def test_accept_offer_shows_price_deadline_and_courses(client: Client) -> None:
    application = mine(client, State.OFFERED)

    shown = text_of(client, page("accept_offer", application))

    assert "€2,400" in shown
    assert "Course 1" in shown
    assert "Course 2" in shown


def test_accept_offer_twice_takes_one_place_and_asks_once(client: Client) -> None:
    application = mine(client, State.OFFERED)

    first = client.post(page("accept_offer", application))
    second = client.post(page("accept_offer", application))

    assert first["Location"] == second["Location"] == page("application", application)
    application.refresh_from_db()
    assert LADDER.flags[State(application.state)].holds_seat
    assert Invoice.objects.count() == 1


def test_accept_offer_after_it_ended_says_so_and_changes_nothing(
    client: Client,
) -> None:
    application = mine(client, State.OFFERED)
    Application.objects.filter(pk=application.pk).update(move_by=clock.now())

    answer = client.post(page("accept_offer", application))

    assert "error-summary" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.OFFERED
    assert Invoice.objects.count() == 0


def test_decline_offer_asks_once_more(client: Client) -> None:
    application = mine(client, State.OFFERED)

    asked = text_of(client, page("decline_offer", application))
    client.post(page("decline_offer", application))

    assert "Turn down the place" in asked
    application.refresh_from_db()
    assert application.state == State.DECLINED


def test_withdraw_ends_the_application(client: Client) -> None:
    application = mine(client, State.SUBMITTED)

    client.post(page("withdraw", application), {"reason": "not_said"})

    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    assert client.get(page("withdraw", application)).status_code == 302


@pytest.mark.parametrize("name", ["answer", "accept_offer", "decline_offer"])
def test_a_move_that_is_not_open_leads_back(client: Client, name: str) -> None:
    application = mine(client, State.SUBMITTED)

    answer = client.post(page(name, application), {"text": "hello"})

    assert answer["Location"] == page("application", application)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_a_rejection_tells_the_reasons(client: Client) -> None:
    application = mine(client, State.REJECTED)
    reasons = wording.reasons(application.decisions.get())

    shown = text_of(client, page("application", application))

    assert all(str(reason) in shown for reason in reasons)


def test_waiting_says_the_place_in_the_list(client: Client) -> None:
    application = mine(client, State.WAITLISTED)

    assert "Your place in the list" in text_of(client, page("application", application))


def test_letters_can_be_read_again(client: Client) -> None:
    application = mine(client, State.UNDER_REVIEW)
    actions.ask(
        application, "Which year was it?", by=people.staff(Duty.OFFICER), at=clock.now()
    )

    shown = text_of(client, page("application", application))

    assert "Letters we sent you" in shown
    assert shown.count("Which year was it?") >= 1
