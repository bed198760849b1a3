"""A visitor's page is kept, and never says what is no longer true."""

import gzip
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue import actions as catalogue_actions
from mikrokraad.catalogue.models import Intake, PriceLine, Run, Story
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.pages.shelf import SHELF, Shelf
from mikrokraad.pages.tests.factories import full, offered, text_of
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seats
from mikrokraad.seats.models import Bundle, CapacityUnit, Pool, SeatClaim
from mikrokraad.seats.rules import ClaimState
from mikrokraad.seats.seen import notice_edition, noticing

pytestmark = pytest.mark.django_db
PAGE, LIST = "/en/programmes/data-science/", "/en/programmes/"
PAGES = [
    "/en/",
    LIST,
    PAGE,
    "/en/programmes/data-science/versions/1.0/",
    "/en/summer-school/",
    "/en/stories/",
    "/en/about/",
    "/en/accessibility/",
    "/en/privacy/",
]
DAY = timedelta(days=1)
GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture(autouse=True)
def run() -> Run:
    people.institution()
    return offered("Data Science", slug="data-science", places=3)


def queries_of(client: Client, address: str, **asked: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address, **asked).status_code == HTTPStatus.OK  # type: ignore[arg-type]
    return len(queries)


def is_kept(client: Client, address: str) -> bool:
    """Whether a page is answered without being made: by one question at the most."""
    return queries_of(client, address) == 1


# What is kept -----------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["et", "en"])
def test_a_page_asked_for_again_costs_one_query(
    client: Client, address: str, language: str
) -> None:
    address = address.replace("/en/", f"/{language}/")
    first = client.get(address)

    assert is_kept(client, address)
    again = client.get(address)
    assert again.content == first.content
    own = {"X-Request-Id"}
    assert {k: v for k, v in again.items() if k not in own} == {
        k: v for k, v in first.items() if k not in own
    }
    assert again["X-Request-Id"] != first["X-Request-Id"]


def test_it_carries_every_header_that_protects(client: Client) -> None:
    for _turn in ("made", "kept"):
        answer = client.get(PAGE)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Content-Language"] == "en"
        assert "Cookie" in answer["Vary"]
        assert "Accept-Encoding" in answer["Vary"]
        assert not answer.cookies


def test_the_two_languages_are_kept_apart(client: Client) -> None:
    for _turn in ("made", "kept"):
        assert '<html lang="en">' in text_of(client.get(PAGE))
        assert '<html lang="et">' in text_of(client.get(PAGE.replace("en", "et", 1)))


def test_it_is_kept_compressed_for_those_who_ask_for_that(client: Client) -> None:
    plain = client.get(PAGE)
    for _turn in ("made", "kept"):
        small = client.get(PAGE, headers=GZIP)
        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert not client.get(PAGE).has_header("Content-Encoding")


def test_the_head_alone_is_answered_alike(client: Client) -> None:
    made = client.head(PAGE)
    assert not len(SHELF)  # a head is not a page
    client.get(PAGE)
    kept = client.head(PAGE)

    assert kept.status_code == HTTPStatus.OK
    assert (kept.content, kept["ETag"]) == (b"", made["ETag"])
    assert kept["Content-Length"] == made["Content-Length"]


def test_who_has_it_already_is_not_sent_it_again(client: Client, run: Run) -> None:
    tag = {"If-None-Match": client.get(PAGE)["ETag"]}

    answer = client.get(PAGE, headers=tag)
    assert (answer.status_code, answer.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert "Content-Security-Policy" in answer
    assert not answer.has_header("Content-Length")

    full(run)
    assert client.get(PAGE, headers=tag).status_code == HTTPStatus.OK


def test_a_host_that_is_not_ours_is_refused_as_ever(client: Client) -> None:
    client.get(PAGE)

    answer = client.get(PAGE, headers={"Host": "elsewhere.example.org"})

    assert answer.status_code == HTTPStatus.BAD_REQUEST


# Never stale ------------------------------------------------------------------------


def take(run: Run) -> Bundle:
    at = clock.now()
    return seats.take_bundle(run, people.person("Rival"), hold_until=at + DAY, at=at)


def _section_taken(run: Run) -> None:
    unit = CapacityUnit.objects.filter(section__in=run.sections.all()).first()
    assert unit is not None
    seats.open_capacity(unit.section, 1, by=None, at=clock.now())  # type: ignore[arg-type]


def _own_deadline(run: Run) -> None:
    catalogue_actions.edit_run(
        run,
        place=run.place,
        fee_includes=run.fee_includes,
        contact=run.contact,
        own_deadline=date(2027, 1, 28),
        by=None,
        at=clock.now(),
    )


CHANGES: dict[str, Callable[[Run], object]] = {
    "a place is taken": take,
    "every place is taken": full,
    "a course is full before the programme": _section_taken,
    "there are more places": lambda run: seats.open_capacity(
        run, 9, by=None, at=clock.now()
    ),
    "places are kept for a group": lambda run: Pool.objects.create(
        unit=run.capacity, key="block", reserved=2
    ),
    "the deadline moves": _own_deadline,
    "the intake's deadline moves": lambda _run: Intake.objects.update(
        default_deadline=date(2027, 1, 29)
    ),
    "the price changes": lambda _run: PriceLine.objects.update(net_cents=999_00),
    "it is cancelled": lambda _run: Run.objects.update(cancelled_at=clock.now()),
    "it is published no longer": lambda _run: Run.objects.update(published_at=None),
}


@pytest.mark.parametrize("address", [PAGE, LIST, "/en/"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_at_once(
    client: Client, run: Run, address: str, change: str
) -> None:
    before = client.get(address).content
    assert is_kept(client, address)

    CHANGES[change](run)

    shown = client.get(address).content
    SHELF.clear()
    assert shown == client.get(address).content
    assert shown != before


@pytest.mark.parametrize("address", [LIST, "/en/"])
def test_a_new_programme_shows_at_once(client: Client, address: str) -> None:
    client.get(address)

    offered("Another", slug="another")

    assert "Another" in text_of(client.get(address))


def test_a_place_given_back_shows_at_once(client: Client, run: Run) -> None:
    bundle = take(run)
    assert "2 of 3 left" in text_of(client.get(PAGE))

    seats.release_bundle(bundle, reason="left", at=clock.now())

    assert "3 of 3 left" in text_of(client.get(PAGE))


def test_a_hold_that_ran_out_shows_once_it_is_let_go(client: Client, run: Run) -> None:
    take(run)
    client.get(PAGE)

    seats.expire_holds(at=clock.now() + 2 * DAY)

    assert "3 of 3 left" in text_of(client.get(PAGE))


def test_who_waits_shows_at_once(client: Client, run: Run) -> None:
    full(run)
    client.get(PAGE)
    learner = people.person()

    seats.join_waitlist(run, learner, at=clock.now())
    assert "1 person waits" in text_of(client.get(PAGE))
    seats.leave_waitlist(run, learner, at=clock.now())
    assert "waits" not in text_of(client.get(PAGE))


def test_a_story_shows_at_once(client: Client, run: Run) -> None:
    client.get("/en/stories/")

    Story.objects.create(
        slug="mari",
        programme=run.version.programme,
        who="Mari",
        quote=catalogue.both("It was worth it."),
        consent_on=clock.today(),
        published_at=clock.now(),
    )

    assert "It was worth it." in text_of(client.get("/en/stories/"))


def _beside(run: Run) -> SeatClaim:
    """Somebody else's claim, with nothing looked at on the way."""
    return SeatClaim.objects.create(
        unit=run.capacity,
        person=people.person("Rival"),
        state=ClaimState.CONFIRMED,
        at=clock.now(),
    )


def test_a_place_taken_while_a_page_is_made_is_not_missed(
    client: Client, run: Run
) -> None:
    """Between the count and the keeping, somebody takes a place."""
    taken: list[SeatClaim] = []

    def meanwhile(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        answer = execute(sql, params, many, context)
        if not taken and sql.startswith('SELECT "seats_seatclaim"."unit_id"'):
            taken.append(_beside(run))
        return answer

    with connection.execute_wrapper(meanwhile):
        assert "3 of 3 left" in text_of(client.get(PAGE))
    assert taken

    assert "2 of 3 left" in text_of(client.get(PAGE))


# Time passes ------------------------------------------------------------------------


def seen_at(client: Client, moment: datetime, address: str = PAGE) -> str:
    with time_machine.travel(moment, tick=False):
        return text_of(client.get(address))


def test_midnight_ends_the_last_day_to_apply(client: Client) -> None:
    late = datetime(2027, 1, 21, 21, 59, tzinfo=UTC)  # 23:59 in Tallinn

    assert "Apply until 21 January" in seen_at(client, late)
    assert "Applications were open" in seen_at(client, late + timedelta(minutes=1))


def test_the_moment_it_opens_shows(client: Client) -> None:
    opens = datetime(2026, 12, 1, 8, tzinfo=UTC)
    Run.objects.update(opens_at=opens)

    before = opens - timedelta(minutes=1)
    assert "You can apply from" in seen_at(client, before)
    assert "opens on 1 December" in seen_at(client, before, LIST)
    assert "Apply until" in seen_at(client, opens)
    assert "opens on" not in seen_at(client, opens, LIST)


def test_places_kept_for_a_group_become_free_in_their_moment(
    client: Client, run: Run
) -> None:
    free = clock.now() + timedelta(minutes=5)
    Pool.objects.create(unit=run.capacity, key="block", reserved=2, released_at=free)

    assert "1 of 3 left" in text_of(client.get(PAGE))
    assert "3 of 3 left" in seen_at(client, free)


def test_what_other_rooms_say_is_ten_minutes_old_at_most(
    client: Client, run: Run
) -> None:
    client.get(PAGE)
    contact = run.contact
    contact.given_name = "Triin"
    contact.save()

    assert "Triin" in seen_at(client, clock.now() + timedelta(minutes=10))


def test_the_demonstrations_clock_moves_every_page(client: Client) -> None:
    ahead = [timedelta()]
    clock.move_with(lambda: ahead[0])
    over = "Applications were open"
    assert over not in text_of(client.get(PAGE))

    ahead[0] = timedelta(days=100)
    assert over in text_of(client.get(PAGE))
    ahead[0] = timedelta()
    assert over not in text_of(client.get(PAGE))


# Whose page -------------------------------------------------------------------------


def test_nobody_signed_in_is_given_a_kept_page(client: Client) -> None:
    Client().get(PAGE)
    client.force_login(people.person("Liis"))

    assert "My page" in text_of(client.get(PAGE))
    assert queries_of(client, PAGE) > 1


def test_no_visitor_is_given_a_page_of_somebody_signed_in(client: Client) -> None:
    client.force_login(people.person("Liis"))
    client.get(PAGE)
    assert not len(SHELF)

    assert "My page" not in text_of(Client().get(PAGE))


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_whoever_may_be_known_gets_a_page_of_their_own(
    client: Client, cookie: str
) -> None:
    client.get(PAGE)
    client.cookies[cookie] = "something"

    assert queries_of(client, PAGE) > 1


def test_a_language_cookie_changes_nothing(client: Client) -> None:
    client.get(PAGE)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "et"

    assert is_kept(client, PAGE)


def test_a_page_with_a_form_is_not_kept(client: Client) -> None:
    client.get("/en/account/login/")

    assert not len(SHELF)


# Memory -----------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["utm_source=letter", "x=1", "q=" + "a" * 300])
def test_addresses_that_somebody_makes_up_are_not_kept(
    client: Client, query: str
) -> None:
    client.get(f"{LIST}?{query}")

    assert not len(SHELF)
    assert queries_of(client, f"{LIST}?{query}") > 1


def test_a_list_that_needs_the_places_of_all_is_not_kept(client: Client) -> None:
    client.get(f"{LIST}?places=some")
    assert not len(SHELF)


def test_a_list_from_an_older_index_is_made_anew(client: Client) -> None:
    """As while the worker builds the index of a large catalogue."""
    with noticing() as seen:
        notice_edition(7)
        notice_edition(9_999_999_999_999)
    assert seen.numbers[0] == 7
    client.get(LIST)
    assert is_kept(client, LIST)


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    client.get("/en/programmes/no-such/")

    assert not len(SHELF)


class Thing:
    def __init__(self, size: int) -> None:
        self.content = b"x" * size


def test_the_page_least_wanted_leaves_first() -> None:
    shelf = Shelf(30)
    for name in ("one", "two", "three"):
        shelf.put((name, False), Thing(10))
    shelf.get(("one", False))

    shelf.put(("four", False), Thing(10))

    assert [n for n in ("one", "two", "three", "four") if shelf.get((n, False))] == [
        "one",
        "three",
        "four",
    ]
    shelf.put(("vast", False), Thing(31))
    assert (len(shelf), shelf.bytes) == (0, 0)
