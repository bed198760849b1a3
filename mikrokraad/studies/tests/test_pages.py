"""The learner's pages and the calendar feed, and who does not see them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mikrokraad.catalogue.models import Session
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies import actions
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db
PAGE = "/en/my/studies/"


def feed_of(enrolment: Enrolment) -> str:
    return reverse("studies_machines:calendar", args=[enrolment.calendar_token])


def test_my_studies_asks_who_it_is(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("language", ["en", "et"])
def test_my_studies_without_any_says_how_to_get_there(
    client: Client, language: str
) -> None:
    sign_in(client, people.person())

    page = client.get(f"/{language}/my/studies/").content.decode()

    said = {"en": "You are not studying yet", "et": "Sa veel ei õpi"}[language]
    assert said in page


def test_my_studies_shows_the_next_session(client: Client) -> None:
    enrolment = studies.enrolment()
    sign_in(client, enrolment.person)

    page = client.get(PAGE).content.decode()

    assert "Next: Thursday 11 February, 16:15–19:30: Course 1, Narva mnt" in page
    assert "Nothing this week" in page
    assert reverse("studies:study", args=[enrolment.pk]).removeprefix("/et") in page


def test_my_studies_shows_this_week_and_clashes(client: Client) -> None:
    enrolment = studies.enrolment()
    today = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    for place in studies.places_of(enrolment):
        Session.objects.create(
            section=place.section, starts_at=today, ends_at=today + timedelta(hours=2)
        )
    sign_in(client, enrolment.person)

    page = client.get(PAGE).content.decode()

    assert "17:00–19:00" in page
    assert "Two of your sessions overlap" in page
    assert ">today<" in page


def test_my_studies_costs_the_same_for_one_and_for_three(client: Client) -> None:
    learner = people.person()
    studies.enrolment(learner=learner)
    sign_in(client, learner)
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(PAGE)
    studies.enrolment(learner=learner)
    studies.enrolment(learner=learner)

    with CaptureQueriesContext(connection) as three:
        client.get(PAGE)

    assert len(three) == len(one)


def test_a_stranger_does_not_find_a_study(client: Client) -> None:
    enrolment = studies.enrolment()
    sign_in(client, people.person("Rein", "Rebane"))

    found = client.get(reverse("studies:study", args=[enrolment.pk]))

    assert found.status_code == 404


def test_a_result_is_seen_after_confirmation_only(client: Client) -> None:
    enrolment = studies.enrolment()
    place = studies.places_of(enrolment)[0]
    teacher = place.section.teachers.get()
    actions.enter_grade(place, "B", by=teacher, at=studies.EXAM_WEEK)
    sign_in(client, enrolment.person)
    url = f"{PAGE}{enrolment.pk}/"

    before = client.get(url).content.decode()
    actions.confirm_results(place.section, by=teacher, at=studies.EXAM_WEEK)
    after = client.get(url).content.decode()

    assert "B, very good" not in before
    assert "B, very good" in after
    assert "6 of 12 ECTS" in after
    assert f'href="/en/ask/{enrolment.run_id}/"' in after
    assert "mailto:" not in after.partition("<main")[2].partition("</main")[0]
    assert "14 June 2027" in after


@pytest.mark.parametrize(
    ("grades", "said"),
    [
        ("AA", "You have completed the programme"),
        ("AF", "You have completed part of the programme"),
        ("FF", "Your studies have ended"),
    ],
)
def test_a_study_says_what_was_earned(client: Client, grades: str, said: str) -> None:
    enrolment = studies.confirmed(studies.enrolment(), *grades)
    sign_in(client, enrolment.person)

    assert said in client.get(f"{PAGE}{enrolment.pk}/").content.decode()
    assert "Earlier studies" in client.get(PAGE).content.decode()


def test_the_learner_reads_why_a_result_was_corrected(client: Client) -> None:
    enrolment = studies.confirmed(studies.enrolment(), "A", "F")
    place = studies.places_of(enrolment)[1]
    teacher = place.section.teachers.get()
    actions.correct_result(place, "D", "retake", by=teacher, at=studies.AFTER)
    sign_in(client, enrolment.person)

    page = client.get(f"{PAGE}{enrolment.pk}/").content.decode()

    assert "corrected: retake" in page
    assert "F, fail" not in page


def test_the_feed_needs_no_session_and_keeps_its_uids(client: Client) -> None:
    enrolment = studies.enrolment()

    first, second = client.get(feed_of(enrolment)), client.get(feed_of(enrolment))

    events = list(icalendar.Calendar.from_ical(first.content).walk("VEVENT"))
    uids = [str(event["uid"]) for event in events]
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.content == second.content
    assert len(set(uids)) == len(uids) == 6
    starts = {event.decoded("dtstart") for event in events}
    tallinn = ZoneInfo("Europe/Tallinn")
    assert datetime(2027, 2, 11, 16, 15, tzinfo=tallinn) in starts
    assert datetime(2027, 6, 10, 17, 15, tzinfo=tallinn) in starts
    assert "Exam: Course 1" in {str(event["summary"]) for event in events}


def test_a_moved_session_keeps_its_uid(client: Client) -> None:
    enrolment = studies.enrolment()
    session = Session.objects.order_by("starts_at")[0]
    before = client.get(feed_of(enrolment)).content.decode()
    session.starts_at -= timedelta(hours=1)
    session.save()

    after = client.get(feed_of(enrolment)).content.decode()

    assert f"UID:session-{session.pk}@" in before
    assert before.count("UID:") == after.count("UID:")
    assert f"UID:session-{session.pk}@" in after
    assert "T151500" in after


@pytest.mark.parametrize("token", ["nobody", "x" * 43])
def test_a_wrong_token_is_not_found(client: Client, token: str) -> None:
    studies.enrolment()

    url = reverse("studies_machines:calendar", args=[token])

    assert client.get(url).status_code == 404


def test_a_cancelled_enrolment_has_no_calendar(client: Client) -> None:
    enrolment = studies.enrolment()
    actions.cancel(enrolment, reason="ill", by=None, at=studies.ENROLLED)

    assert client.get(feed_of(enrolment)).status_code == 404
