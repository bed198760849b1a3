"""Being told by e-mail: asked twice, told once, stopped with one press."""

import re
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail
from django.test import Client

from mikrokraad.catalogue.alerts import clock as alerts
from mikrokraad.catalogue.models import Alert, Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.factories import OPENED
from mikrokraad.core import clock, outbox
from mikrokraad.core.models import OutboxMessage
from mikrokraad.pages.tests.factories import (
    OVER,
    SUMMER,
    offered,
    summer,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MARI = {"email": "Mari@Example.org"}
DEADLINE = datetime.fromisoformat("2027-01-21T10:00+02:00")


@pytest.fixture
def closed() -> Run:
    return offered("Law at Work", slug="law", own_deadline=OVER)


def post(client: Client, address: str, **facts: str) -> None:
    answer = client.post(address, {**MARI, **facts})
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == "/en/alerts/asked/"


def letters() -> list[mail.EmailMessage]:
    """What has come by now."""
    outbox.deliver_due(at=clock.now())
    return list(mail.outbox)


def link(letter: mail.EmailMessage, what: str) -> str:
    found = re.search(rf"https?://[^/]+(/\w\w/alerts/\S+/{what}/)", str(letter.body))
    assert found, letter.body
    return found[1]


def confirmed(client: Client, address: str) -> Alert:
    """Asked for, and confirmed from the letter. The mailbox is empty again."""
    post(client, address)
    client.post(link(letters()[-1], "confirm"))
    mail.outbox.clear()
    return Alert.objects.latest("asked_at")


def tick_at(moment: datetime) -> list[mail.EmailMessage]:
    """What the clock sends at that moment; run twice, it sends nothing more."""
    with time_machine.travel(moment, tick=False):
        alerts.tick(at=clock.now())
        alerts.tick(at=clock.now())
        return letters()


def opens(run: Run, at: datetime) -> Run:
    """Another semester of the same programme."""
    Run.objects.filter(pk=run.pk).update(opens_at=at, own_deadline=None)
    return run


# Asked twice ---------------------------------------------------------------------------


def test_the_letter_asks_before_anything_is_sent(client: Client, closed: Run) -> None:
    post(client, "/en/programmes/law/tell-me/")
    opens(closed, clock.now())
    [asking] = letters()
    tick_at(clock.now() + DAY)

    assert len(mail.outbox) == 1
    assert asking.to == ["mari@example.org"]
    assert asking.subject == "Shall we write to you?"
    assert "“Law at Work” opens" in asking.body


def test_opening_the_link_confirms_nothing_and_pressing_does(
    client: Client, closed: Run
) -> None:
    post(client, "/en/programmes/law/tell-me/")
    address = link(letters()[0], "confirm")

    assert "Yes, write to me" in words_of(client.get(address))
    assert Alert.objects.get().confirmed_at is None

    page = client.post(address, follow=True)

    assert "It is set" in words_of(page)
    assert Alert.objects.get().confirmed_at == clock.now()


def test_letters_are_in_the_language_of_who_asks(client: Client, closed: Run) -> None:
    client.post("/et/programmes/law/tell-me/", MARI)
    [asking] = letters()

    assert asking.subject == "Kas kirjutame sulle?"
    assert link(asking, "confirm").startswith("/et/")


def test_asking_again_is_one_wish(client: Client, closed: Run) -> None:
    post(client, "/en/programmes/law/tell-me/")
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        post(client, "/en/programmes/law/tell-me/", email="mari@example.org")
        links = {link(each, "confirm") for each in letters()}

    assert Alert.objects.count() == 1
    assert len(mail.outbox) == 2
    assert len(links) == 1


def test_machines_are_told_that_all_went_well(client: Client, closed: Run) -> None:
    post(client, "/en/programmes/law/tell-me/", website="http://spam.example")

    assert not Alert.objects.exists()
    assert letters() == []


def test_an_address_is_not_written_to_again_and_again(
    client: Client, closed: Run
) -> None:
    for _n in range(5):
        post(client, "/en/programmes/law/tell-me/")
    answer = client.post("/en/programmes/law/tell-me/", MARI)

    assert answer.status_code == HTTPStatus.OK
    assert "Try again in an hour" in words_of(answer)


@pytest.mark.parametrize("email", ["", "mari", "mari@", "a b@example.org"])
def test_what_is_no_address_is_asked_again(
    client: Client, closed: Run, email: str
) -> None:
    answer = client.post("/en/programmes/law/tell-me/", {"email": email})

    assert answer.status_code == HTTPStatus.OK
    assert not Alert.objects.exists()


def test_nobody_waits_for_what_is_open(client: Client) -> None:
    offered("Data Science", slug="data-science")

    page = client.post("/en/programmes/data-science/tell-me/", MARI)

    assert "It is open already" in words_of(page)
    assert not Alert.objects.exists()


def test_while_one_semester_is_open_one_can_wait_for_the_next(client: Client) -> None:
    now = offered("Data Science", slug="data-science")
    later = catalogue.run(
        now.version,
        intake=summer(),
        opens_at=clock.now() + 60 * DAY,
        starts_on=SUMMER,
        ends_on=SUMMER + 10 * DAY,
    )

    page = words_of(client.get("/en/programmes/data-science/tell-me/"))
    alert = confirmed(client, "/en/programmes/data-science/tell-me/")

    assert "It is open already" not in page
    assert tick_at(clock.now()) == []  # of what was open they knew
    [letter] = tick_at(later.opens_at + 2 * DAY)  # a Monday
    assert letter.subject == "You can apply now: Data Science"
    assert "30 April" in letter.body
    alert.refresh_from_db()
    assert alert.ended_at is not None


def test_what_nobody_confirms_is_deleted_after_a_week(
    client: Client, closed: Run
) -> None:
    post(client, "/en/programmes/law/tell-me/")

    alerts.tick(at=clock.now() + 7 * DAY)
    assert Alert.objects.count() == 1
    alerts.tick(at=clock.now() + 7 * DAY + timedelta(seconds=1))
    assert Alert.objects.count() == 0


def test_a_sent_letter_leaves_no_address_behind(client: Client, closed: Run) -> None:
    post(client, "/en/programmes/law/tell-me/")
    letters()

    assert not OutboxMessage.objects.exists()


# Stopped with one press ------------------------------------------------------------------


def test_a_mail_program_stops_it_by_itself(client: Client, closed: Run) -> None:
    alert = confirmed(client, "/en/programmes/law/tell-me/")
    opens(closed, clock.now())
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        f"/en/alerts/{alert.token}/stop/", {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == HTTPStatus.OK
    assert tick_at(clock.now() + DAY) == []
    alert.refresh_from_db()
    assert (alert.email, alert.ended_at) == ("", clock.now())


def test_every_letter_says_how_to_stop(client: Client) -> None:
    offered("Data Science", slug="data-science")
    alert = confirmed(client, "/en/programmes/data-science/remind-me/")

    [letter] = tick_at(DEADLINE - 7 * DAY)
    headers = letter.message()

    assert link(letter, "stop") == f"/en/alerts/{alert.token}/stop/"
    assert headers["List-Unsubscribe"].endswith(f"/en/alerts/{alert.token}/stop/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_opening_the_stop_link_stops_nothing(client: Client, closed: Run) -> None:
    alert = confirmed(client, "/en/programmes/law/tell-me/")

    page = client.get(f"/en/alerts/{alert.token}/stop/")

    assert "Stop these letters" in words_of(page)
    alert.refresh_from_db()
    assert alert.ended_at is None


def test_stopping_twice_and_confirming_afterwards_change_nothing(
    client: Client, closed: Run
) -> None:
    alert = confirmed(client, "/en/programmes/law/tell-me/")

    client.post(f"/en/alerts/{alert.token}/stop/")
    client.post(f"/en/alerts/{alert.token}/stop/")
    page = client.post(f"/en/alerts/{alert.token}/confirm/", follow=True)

    assert "This has ended" in words_of(page)
    alert.refresh_from_db()
    assert alert.ended_at is not None


@pytest.mark.parametrize("what", ["confirm", "stop"])
def test_an_unknown_link_leads_nowhere(client: Client, what: str) -> None:
    address = f"/en/alerts/nobody-has-this/{what}/"

    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post(address).status_code == HTTPStatus.NOT_FOUND


# Told once -------------------------------------------------------------------------------


def test_who_waits_for_an_opening_hears_of_it_once_and_is_forgotten(
    client: Client, closed: Run
) -> None:
    alert = confirmed(client, "/en/programmes/law/tell-me/")
    assert tick_at(clock.now()) == []
    opens(closed, clock.now())

    [letter] = tick_at(clock.now())

    assert letter.subject == "You can apply now: Law at Work"
    assert "/en/programmes/law/" in letter.body
    alert.refresh_from_db()
    assert alert.email == ""


def test_letters_wait_for_working_hours(client: Client, closed: Run) -> None:
    confirmed(client, "/en/programmes/law/tell-me/")
    opens(closed, clock.now())
    saturday = datetime.fromisoformat("2026-11-28T12:00+02:00")

    assert tick_at(saturday) == []
    assert len(tick_at(saturday + timedelta(days=1, hours=21, minutes=1))) == 1


def test_a_deadline_is_told_of_a_week_and_a_day_before(client: Client) -> None:
    offered("Data Science", slug="data-science")
    alert = confirmed(client, "/en/programmes/data-science/remind-me/")

    days = [-9, -8, -7, -6, -2, -1, 0, 1]
    counts = [len(tick_at(DEADLINE + n * DAY)) for n in days]

    assert counts == [0, 0, 1, 1, 1, 2, 2, 2]
    assert mail.outbox[0].subject == "Data Science: apply until 21 January"
    alert.refresh_from_db()
    assert alert.email == ""


def test_who_asks_on_the_last_day_but_one_is_told_once(client: Client) -> None:
    offered("Data Science", slug="data-science")
    confirmed(client, "/en/programmes/data-science/remind-me/")

    assert len(tick_at(DEADLINE - DAY)) == 1


def test_a_later_deadline_is_told_of_anew(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    confirmed(client, "/en/programmes/data-science/remind-me/")
    tick_at(DEADLINE - DAY)

    Run.objects.filter(pk=run.pk).update(own_deadline=DEADLINE.date() + 14 * DAY)

    assert len(tick_at(DEADLINE + 13 * DAY)) == 2


def test_no_reminder_of_a_run_that_will_not_be(client: Client) -> None:
    run = offered("Data Science", slug="data-science")
    alert = confirmed(client, "/en/programmes/data-science/remind-me/")

    Run.objects.filter(pk=run.pk).update(cancelled_at=clock.now())

    assert tick_at(DEADLINE - DAY) == []
    alert.refresh_from_db()
    assert alert.email == ""


def test_a_search_tells_of_what_is_new_and_fits(client: Client) -> None:
    offered("Data Science", slug="data-science")
    confirmed(client, "/en/alerts/?q=science&language=en&page=3")
    tomorrow = clock.now() + DAY
    offered("Life Science", slug="life", published_at=clock.now() + timedelta(hours=1))
    offered("Old Science", slug="old", published_at=OPENED)
    offered(
        "Rahvateadus Science",
        slug="rahva",
        languages=["et"],
        published_at=clock.now() + timedelta(hours=1),
    )

    [letter] = tick_at(tomorrow)
    tick_at(tomorrow + DAY)

    assert letter.subject == "A new programme that fits your search"
    assert "Life Science" in letter.body
    assert "Old Science" not in letter.body
    assert "/en/programmes/?q=science&language=en" in letter.body
    assert len(mail.outbox) == 1


def test_a_search_tells_of_what_opens(client: Client) -> None:
    run = offered("Data Science", slug="data", opens_at=clock.now() + 2 * DAY)
    confirmed(client, "/en/alerts/?open=yes")

    assert tick_at(clock.now() + DAY) == []
    [letter] = tick_at(clock.now() + 2 * DAY)
    assert str(run.version.title["en"]) in letter.body


def test_a_search_for_what_no_run_has_tells_of_nothing(client: Client) -> None:
    alert = confirmed(client, "/en/alerts/?place=zzz")
    offered("Data Science", slug="data", published_at=clock.now() + DAY)
    Alert.objects.filter(pk=alert.pk).update(query="place=zzz")

    assert tick_at(clock.now() + 2 * DAY) == []


def test_the_page_says_what_one_looks_for(client: Client) -> None:
    offered("Data Science", slug="data-science")

    page = words_of(client.get("/en/alerts/?q=data&language=en&places=some"))

    assert "You look for: “data” in English" in page
    assert "places left" not in page


def test_another_alert_page_keeps_away_search_engines(client: Client) -> None:
    assert 'content="noindex, nofollow"' in text_of(client.get("/en/alerts/"))


def test_the_page_lets_its_own_button_say_where_it_comes_from(
    client: Client, closed: Run
) -> None:
    """A stricter policy for this page alone makes browsers send “Origin: null”."""
    post(client, "/en/programmes/law/tell-me/")

    page = client.get(link(letters()[0], "confirm"))

    assert page["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in text_of(page)
