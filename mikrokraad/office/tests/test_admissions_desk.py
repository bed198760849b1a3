"""The admissions desk: who sees what, deciding, and releasing together."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mikrokraad.admissions import actions
from mikrokraad.admissions.models import Application, Decision
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories
from mikrokraad.admissions.tests.factories import application_in, evidence
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db

CASE_PAGES = ["application", "ask", "offer", "reject", "letter"]
CASE_MOVES = ["open_review", "ask", "offer", "reject", "unstage"]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def mari(client: Client) -> Person:
    """The officer of the unit, signed in with a second factor."""
    officer = people.staff(Duty.OFFICER, unit=people.unit())
    sign_in(client, officer, strong=True)
    return officer


def page(name: str, *things: object) -> str:
    return reverse(f"office:admissions_{name}", args=[thing.pk for thing in things])  # type: ignore[attr-defined]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def every_page(application: Application) -> list[str]:
    return [
        page("queue"),
        page("runs"),
        page("run", application.run),
        page("release", application.run),
        *[page(name, application) for name in CASE_PAGES],
    ]


# Whom it opens to ---------------------------------------------------------------


def test_every_page_opens_to_the_officer_of_the_unit(
    client: Client, mari: Person
) -> None:
    application = application_in(State.UNDER_REVIEW)

    answers = [client.get(address).status_code for address in every_page(application)]

    assert set(answers) == {200}


def test_every_page_speaks_estonian(client: Client, mari: Person) -> None:
    application = application_in(State.OFFER_STAGED)

    with translation.override("et"):
        shown = [text_of(client, address) for address in every_page(application)]

    assert all('<html lang="et"' in text for text in shown)


def test_the_owner_of_an_application_sees_no_desk(client: Client) -> None:
    application = application_in(State.UNDER_REVIEW)
    sign_in(client, application.person, strong=True)

    answers = [client.get(address).status_code for address in every_page(application)]

    assert set(answers) == {403}


@pytest.mark.parametrize("duty", [Duty.LECTURER, Duty.FINANCE, Duty.ASSESSOR])
def test_other_duties_see_no_applications(client: Client, duty: Duty) -> None:
    application = application_in(State.UNDER_REVIEW)
    sign_in(client, people.staff(duty), strong=True)

    answers = [client.get(address).status_code for address in every_page(application)]

    assert set(answers) == {403}


def test_staff_without_a_second_factor_are_asked_for_it(client: Client) -> None:
    application = application_in(State.UNDER_REVIEW)
    sign_in(client, people.staff(Duty.OFFICER, unit=people.unit()))

    answers = [client.get(address) for address in every_page(application)]

    assert {answer["Location"].partition("?")[0] for answer in answers} == {
        reverse("people:second_factor")
    }


def test_staff_of_another_unit_see_nothing(client: Client) -> None:
    application = application_in(State.UNDER_REVIEW)
    file = evidence(application=application)
    elsewhere = people.unit("KUL")
    sign_in(client, people.staff(Duty.OFFICER, unit=elsewhere), strong=True)

    assert application.person.name not in text_of(client, page("queue"))
    for address in [
        page("run", application.run),
        page("release", application.run),
        page("evidence", file),
        *[page(name, application) for name in CASE_PAGES],
    ]:
        assert client.get(address).status_code == 404
    for name in CASE_MOVES:
        assert client.post(page(name, application)).status_code == 404


def test_a_draft_is_nobodys_business(client: Client, mari: Person) -> None:
    draft = application_in(State.DRAFT)

    assert draft.person.name not in text_of(client, page("queue"))
    assert client.get(page("application", draft)).status_code == 404


def test_evidence_is_a_download(client: Client, mari: Person) -> None:
    file = evidence(application=application_in(State.UNDER_REVIEW))

    answer = client.get(page("evidence", file))
    answer.close()

    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


# The queue ----------------------------------------------------------------------


def test_queue_filters_by_state_mover_and_programme(
    client: Client, mari: Person
) -> None:
    fresh = factories.submitted(by=people.person("Anu", "Uus"))
    asked = factories.under_review(by=people.person("Peeter", "Ootel"))
    actions.ask(asked, "Which year was it?", by=mari, at=clock.now())
    slug = fresh.run.version.programme.slug

    for filters, seen, hidden in [
        ("", {"Anu Uus", "Peeter Ootel"}, set()),
        ("?state=submitted", {"Anu Uus"}, {"Peeter Ootel"}),
        ("?mover=applicant", {"Peeter Ootel"}, {"Anu Uus"}),
        (f"?programme={slug}", {"Anu Uus"}, {"Peeter Ootel"}),
        ("?state=nonsense", {"Anu Uus", "Peeter Ootel"}, set()),
    ]:
        shown = text_of(client, page("queue") + filters)
        assert {name for name in seen if name in shown} == seen
        assert {name for name in hidden if name in shown} == set()
    assert asked.run.version.programme.slug != slug


def test_queue_asks_the_database_the_same_number_of_questions(
    client: Client, mari: Person
) -> None:

    application_in(State.SUBMITTED)
    with CaptureQueriesContext(connection) as one:
        client.get(page("queue"))
    for _number in range(3):
        application_in(State.SUBMITTED)
    with CaptureQueriesContext(connection) as four:
        client.get(page("queue"))

    assert len(four) == len(one)


def test_runs_ask_the_database_the_same_number_of_questions(
    client: Client, mari: Person
) -> None:

    application_in(State.SUBMITTED)
    with CaptureQueriesContext(connection) as one:
        client.get(page("runs"))
    for _number in range(3):
        application_in(State.SUBMITTED)
    with CaptureQueriesContext(connection) as four:
        client.get(page("runs"))

    assert len(four) == len(one)


def test_desk_counts_what_waits(client: Client, mari: Person) -> None:
    application_in(State.SUBMITTED)
    application_in(State.OFFER_STAGED)

    shown = text_of(client, reverse("office:desk"))

    assert "new applications" in shown
    assert "decisions to release" in shown


# Deciding -----------------------------------------------------------------------


def test_open_review_takes_it_up(client: Client, mari: Person) -> None:
    application = application_in(State.SUBMITTED)

    client.post(page("open_review", application))
    client.post(page("open_review", application))

    application.refresh_from_db()
    assert application.state == State.UNDER_REVIEW


def test_ask_sends_one_letter(client: Client, mari: Person) -> None:
    application = application_in(State.UNDER_REVIEW)
    before = OutboxMessage.objects.count()

    client.post(page("ask", application), {"text": "Which year was it?"})
    second = client.post(page("ask", application), {"text": "Which year was it?"})

    application.refresh_from_db()
    assert application.state == State.INFO_REQUESTED
    assert OutboxMessage.objects.count() == before + 1
    assert second.status_code == 200
    assert "error-summary" in second.content.decode()


@pytest.mark.parametrize(
    ("name", "state"),
    [("offer", State.OFFER_STAGED), ("reject", State.REJECTION_STAGED)],
)
def test_a_decision_needs_a_reason(
    client: Client, mari: Person, name: str, state: State
) -> None:
    application = application_in(State.UNDER_REVIEW)
    before = OutboxMessage.objects.count()

    refused = client.post(page(name, application), {"note": "Because."})
    reason = first_reason(client, page(name, application))
    client.post(page(name, application), {"reasons": [reason], "note": "Because."})

    assert "Choose at least one reason." in refused.content.decode()
    application.refresh_from_db()
    assert application.state == state
    assert Decision.objects.get().note == "Because."
    assert OutboxMessage.objects.count() == before
    assert "Because." in text_of(client, page("letter", application))


def first_reason(client: Client, address: str) -> str:
    form = client.get(address).context["form"]
    return str(form.fields["reasons"].choices[0][0])


@pytest.mark.parametrize("name", ["offer", "reject"])
def test_a_second_click_on_a_decision_decides_nothing_more(
    client: Client, mari: Person, name: str
) -> None:
    application = application_in(State.UNDER_REVIEW)
    reason = first_reason(client, page(name, application))

    client.post(page(name, application), {"reasons": [reason]})
    again = client.post(page(name, application), {"reasons": [reason]})

    assert Decision.objects.count() == 1
    assert "error-summary" in again.content.decode()


def test_a_second_click_takes_back_nothing_more(client: Client, mari: Person) -> None:
    application = application_in(State.OFFER_STAGED)

    client.post(page("unstage", application))
    client.post(page("unstage", application))

    application.refresh_from_db()
    assert application.state == State.UNDER_REVIEW
    assert Decision.objects.filter(dropped_at=None).count() == 0


def test_unstage_takes_the_decision_back(client: Client, mari: Person) -> None:
    application = application_in(State.OFFER_STAGED)

    client.post(page("unstage", application))

    application.refresh_from_db()
    assert application.state == State.UNDER_REVIEW


# Releasing ----------------------------------------------------------------------


def test_run_shows_places_against_prepared_offers(client: Client, mari: Person) -> None:
    application = application_in(State.OFFER_STAGED)

    shown = text_of(client, page("run", application.run))

    assert "places left" in shown
    assert "prepared offers" in shown
    assert application.person.name in shown


def test_release_sends_every_letter_once(client: Client, mari: Person) -> None:
    offered = application_in(State.OFFER_STAGED)
    before = OutboxMessage.objects.count()

    client.post(page("release", offered.run))
    client.post(page("release", offered.run))

    offered.refresh_from_db()
    assert offered.state == State.OFFERED
    assert OutboxMessage.objects.count() == before + 1


def test_release_is_not_done_by_looking(client: Client, mari: Person) -> None:
    offered = application_in(State.OFFER_STAGED)

    asked = text_of(client, page("release", offered.run))

    offered.refresh_from_db()
    assert "Release 1 decision now?" in asked
    assert offered.state == State.OFFER_STAGED


# What comes first -----------------------------------------------------------------


def test_queue_shows_what_waits_for_staff_first_and_what_is_over_last(
    client: Client, mari: Person
) -> None:
    over = application_in(State.ENROLLED)
    theirs = application_in(State.OFFERED)
    ours = application_in(State.SUBMITTED)

    rows = client.get(page("queue")).context["page"].object_list

    assert list(rows) == [ours, theirs, over]


def test_many_programmes_are_folded_away_until_one_is_chosen(
    client: Client, mari: Person
) -> None:
    for _n in range(9):
        application = application_in(State.SUBMITTED)
    slug = application.run.version.programme.slug

    folded = text_of(client, page("queue"))
    chosen = text_of(client, f"{page('queue')}?programme={slug}")

    assert '<details class="disclosure">' in folded
    assert '<details class="disclosure" open>' in chosen
