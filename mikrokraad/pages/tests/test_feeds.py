"""Feeds: what is newly open, and the dates, as readers of other people read them."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from lxml import etree

from mikrokraad.catalogue.models import Run
from mikrokraad.core import clock
from mikrokraad.pages.tests import factories
from mikrokraad.people.models import Organisation
from mikrokraad.people.register import record

pytestmark = pytest.mark.django_db
FEED, DATES = "/en/programmes/feed.atom", "/en/programmes/dates.ics"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
# RFC 4287, sections 4.1.1 and 4.1.2: how often each element may stand there.
OF_FEED = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "author": (1, 99)}
OF_ENTRY = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "published": (0, 1),
    "summary": (0, 1),
}


def feed(client: Client, address: str = FEED) -> etree._Element:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def said(node: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in node.findall(path, ATOM)]


def events(client: Client, address: str = DATES) -> list[icalendar.Event]:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))  # type: ignore[arg-type]


def told(found: list[icalendar.Event]) -> list[tuple[str, date]]:
    return [(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in found]


def test_the_feed_has_what_is_open_the_newest_first(client: Client) -> None:
    now = clock.now()
    factories.offered("Old", slug="old", opens_at=now - timedelta(days=20))
    factories.offered("New", slug="new", opens_at=now)
    factories.offered("Later", slug="later", opens_at=now + timedelta(seconds=1))
    factories.offered("Over", slug="over", own_deadline=factories.OVER)

    found = feed(client)

    titles = ["New, Spring 2027", "Old, Spring 2027"]
    assert said(found, "a:entry/a:title") == titles
    assert said(found, "a:updated") == ["2026-11-24T10:00:00+00:00"]
    (link, *_) = found.findall("a:entry/a:link", ATOM)
    page = "http://localhost:8000/en/programmes/new/?semester=2027-spring"
    assert link.get("href") == page
    assert said(found, "a:entry/a:summary")[0].endswith(
        "12 ECTS · block mode, Tartu · in English · €2,400 · Apply until 21 January"
    )


def test_the_feed_keeps_to_the_standard(client: Client) -> None:
    factories.shelf()

    found = feed(client)

    for nodes, rules in (
        ([found], OF_FEED),
        (found.findall("a:entry", ATOM), OF_ENTRY),
    ):
        for node in nodes:
            for name, (least, most) in rules.items():
                assert least <= len(node.findall(f"a:{name}", ATOM)) <= most, name
    links = [(one.get("rel"), one.get("href")) for one in found.findall("a:link", ATOM)]
    assert links[0] == ("self", f"http://localhost:8000{FEED}")
    ids = said(found, "a:entry/a:id")
    assert len(set(ids)) == len(ids) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)


def test_the_feed_speaks_the_language_of_its_address(client: Client) -> None:
    factories.offered("Data Science", slug="data-science")

    found = feed(client, "/et/programmes/feed.atom")

    assert said(found, "a:entry/a:title") == ["Data Science (et), Kevad 2027"]
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "et"


def test_a_group_of_one_employer_is_in_no_feed(client: Client) -> None:
    employer = Organisation.objects.create(name="Acme", registry_code="12345678")
    factories.offered("Data Science", slug="data-science", commissioned_by=employer)

    assert said(feed(client), "a:entry/a:title") == []
    assert events(client) == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?language=et", ["Singing Together, Spring 2027"]),
        ("?kind=summer-school", ["Bogs in Summer, Summer 2027"]),
        ("?free=yes&utm_source=x&nothing=1", ["Singing Together, Spring 2027"]),
    ],
)
def test_feeds_take_the_filters_of_the_list(
    client: Client, query: str, titles: list[str]
) -> None:
    factories.shelf()

    found = feed(client, FEED + query)

    assert said(found, "a:entry/a:title") == titles
    assert "utm" not in etree.tostring(found).decode()
    assert len(events(client, DATES + query)) == 1


def test_the_list_says_where_its_feeds_are(client: Client) -> None:
    factories.shelf()

    head = factories.text_of(client.get("/en/programmes/?language=et&page=1"))

    assert f'href="{FEED}?language=et"' in head
    assert f'href="{DATES}?language=et"' in head


def test_the_calendar_has_openings_and_last_days(client: Client) -> None:
    opens = clock.now() + timedelta(days=6)
    factories.offered("Data Science", slug="data-science")
    factories.offered("Law", slug="law", opens_at=opens, own_deadline=date(2027, 1, 10))
    factories.offered("Over", slug="over", own_deadline=factories.OVER)

    found = events(client)

    assert told(found) == [
        ("Last day to apply: Law", date(2027, 1, 10)),
        ("Applications open: Law", date(2026, 11, 30)),
        ("Last day to apply: Data Science", date(2027, 1, 21)),
    ]
    assert {str(one["TRANSP"]) for one in found} == {"TRANSPARENT"}
    assert found[0].decoded("DTEND") == date(2027, 1, 11)


def test_today_is_still_a_day_to_apply(client: Client) -> None:
    factories.offered("Law", slug="law", own_deadline=clock.today())

    assert told(events(client)) == [("Last day to apply: Law", clock.today())]
    assert said(feed(client), "a:entry/a:title") == ["Law, Spring 2027"]


def test_a_moved_deadline_moves_in_calendars(client: Client) -> None:
    run = factories.offered("Law", slug="law")
    (before,) = events(client)
    Run.objects.update(own_deadline=date(2027, 1, 28))
    record("catalogue.run.changed", run, by=None, at=clock.now())

    (after,) = events(client)

    assert after["UID"] == before["UID"]
    assert after.decoded("DTSTART") == date(2027, 1, 28)
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")


@pytest.mark.parametrize("address", [FEED, DATES, "/en/card.png"])
def test_what_has_not_changed_is_not_sent_again(client: Client, address: str) -> None:
    factories.offered("Law", slug="law")
    first: Any = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_many_programmes_cost_no_more_questions(
    client: Client,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    factories.many(2)
    with django_assert_num_queries(4):
        client.get(FEED)
    with django_assert_num_queries(2):
        client.get(DATES)
    factories.many(0)
    factories.shelf()

    with django_assert_num_queries(4):
        assert len(feed(client).findall("a:entry", ATOM)) == 5
    with django_assert_num_queries(2):
        client.get(DATES)
