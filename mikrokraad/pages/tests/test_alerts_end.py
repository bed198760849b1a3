"""Alerts as their owner sees them: on My page, in the copy of their data; and their end."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mikrokraad.catalogue import exporting
from mikrokraad.catalogue.alerts.actions import ask, confirm
from mikrokraad.catalogue.alerts.rules import AlertKind
from mikrokraad.catalogue.models import Alert, Run
from mikrokraad.core import clock
from mikrokraad.pages.tests.factories import OVER, offered, text_of, words_of
from mikrokraad.pages.tests.test_alerts import DAY, confirmed, link, post, tick_at
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
SEARCH = "/en/alerts/?q=data&language=en"


@pytest.fixture
def mari() -> Person:
    return people.person("Mari", email="Mari@example.org")


@pytest.fixture
def closed() -> Run:
    return offered("Law at Work", slug="law", own_deadline=OVER)


@pytest.fixture
def search(client: Client, settings: Settings) -> Alert:
    settings.SAVED_SEARCH_DAYS = 100
    return confirmed(client, SEARCH)


# On My page ------------------------------------------------------------------------------


def test_my_page_shows_what_i_asked_to_be_told(
    client: Client, mari: Person, closed: Run
) -> None:
    offered("Data Science", slug="data-science")
    confirmed(client, "/en/programmes/law/tell-me/")
    confirmed(client, "/en/programmes/data-science/remind-me/")
    confirmed(client, SEARCH)
    client.force_login(mari)

    page = words_of(client.get("/en/my/"))

    assert "Letters you asked for" in page
    assert "Law at Work One letter when the programme opens" in page
    assert "Data Science A reminder a week and a day before" in page
    assert "Your search: “data”, in English" in page
    assert "until 24 November 2027" in page
    assert "Nothing here yet" not in page


def test_one_press_ends_it_and_a_second_one_is_no_fault(
    client: Client, mari: Person, search: Alert
) -> None:
    client.force_login(mari)
    address = f"/en/my/alerts/{search.pk}/stop/"
    assert f'action="{address}"' in text_of(client.get("/en/my/"))

    for _twice in range(2):
        page = client.post(address, follow=True)
        assert "We do not write to you about this any more" in words_of(page)
        assert "Letters you asked for" not in words_of(page)

    search.refresh_from_db()
    assert (search.email, search.ended_at) == ("", clock.now())


def test_nobody_sees_or_ends_what_is_somebody_elses(
    client: Client, mari: Person, search: Alert
) -> None:
    client.force_login(people.person("Rival"))

    assert "Letters you asked for" not in words_of(client.get("/en/my/"))
    answer = client.post(f"/en/my/alerts/{search.pk}/stop/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    search.refresh_from_db()
    assert search.ended_at is None


def test_what_was_not_confirmed_is_not_on_my_page(
    client: Client, mari: Person, closed: Run
) -> None:
    """Somebody else may have given this address."""
    post(client, "/en/programmes/law/tell-me/")
    client.force_login(mari)

    assert "Letters you asked for" not in words_of(client.get("/en/my/"))


def test_more_alerts_cost_no_more_questions(
    client: Client, mari: Person, closed: Run
) -> None:
    confirmed(client, "/en/programmes/law/tell-me/")
    confirmed(client, SEARCH)
    client.force_login(mari)
    client.get("/en/my/")

    few = _questions(client)
    for number in range(2):
        offered(f"More {number}", slug=f"more-{number}", own_deadline=OVER)
        confirmed(client, f"/en/programmes/more-{number}/tell-me/")
    _saved_search("q=more")
    client.get("/en/my/")

    assert _questions(client) == few


def _questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/my/")
    return len(asked)


def _saved_search(query: str) -> None:
    alert = ask(
        AlertKind.SEARCH,
        email="mari@example.org",
        language="en",
        query=query,
        at=clock.now(),
    )
    confirm(alert, at=clock.now())


def test_a_copy_of_ones_data_has_them(
    client: Client, mari: Person, search: Alert, closed: Run
) -> None:
    post(client, "/en/programmes/law/tell-me/")
    post(client, "/en/programmes/law/tell-me/", email="rival@example.org")

    told = sorted(exporting.about(mari)["alerts"], key=lambda one: not one["query"])

    assert [(one["kind"], one["query"]) for one in told] == [
        ("search", "q=data&language=en"),
        ("opening", ""),
    ]
    assert [one["confirmed_at"] for one in told] == [clock.now(), None]
    assert told[1]["programme"] == "law"
    assert exporting.about(people.person("Nobody"))["alerts"] == []


# A saved search ends ---------------------------------------------------------------------


def test_the_page_and_the_letters_say_until_when(
    client: Client, settings: Settings
) -> None:
    settings.SAVED_SEARCH_DAYS = 100
    until = "until 4 March 2027"

    page = words_of(client.get(SEARCH))
    alert = confirmed(client, SEARCH)
    set_page = words_of(client.get(f"/en/alerts/{alert.token}/confirm/"))
    offered("Data Law", slug="dl", published_at=clock.now() + timedelta(hours=1))
    [letter] = tick_at(clock.now() + DAY)

    assert until in page
    assert until in set_page
    assert until in letter.body


def test_it_asks_once_whether_to_go_on_and_then_ends(search: Alert) -> None:
    assert tick_at(clock.now() + 99 * DAY) == []

    [letter] = tick_at(clock.now() + 100 * DAY)
    assert letter.subject == "Shall we go on writing?"
    assert "18 March 2027" in letter.body
    assert link(letter, "confirm") == f"/en/alerts/{search.token}/confirm/"
    assert link(letter, "stop") == f"/en/alerts/{search.token}/stop/"

    assert len(tick_at(clock.now() + 114 * DAY)) == 1
    search.refresh_from_db()
    assert search.ended_at is None
    tick_at(clock.now() + 114 * DAY + timedelta(seconds=1))
    search.refresh_from_db()
    assert search.email == ""
    assert len(mail.outbox) == 1


def test_who_wants_to_go_on_presses_once(
    client: Client, search: Alert, settings: Settings
) -> None:
    [letter] = tick_at(clock.now() + 100 * DAY)
    address = link(letter, "confirm")
    assert "Yes, go on" in words_of(client.get(address))
    search.refresh_from_db()
    assert search.renewed_at is None

    page = words_of(client.post(address, follow=True))
    client.post(address)

    assert "It is set" in page
    kept = Alert.objects.get(pk=search.pk)
    assert (kept.renewed_at, kept.asked_again_at) == (clock.now(), None)
    assert len(tick_at(clock.now() + 99 * DAY)) == 1
    assert len(tick_at(clock.now() + 101 * DAY)) == 2


def test_other_alerts_are_not_asked_about(client: Client, closed: Run) -> None:
    alert = confirmed(client, "/en/programmes/law/tell-me/")

    assert tick_at(clock.now() + 800 * DAY) == []
    alert.refresh_from_db()
    assert alert.ended_at is None
