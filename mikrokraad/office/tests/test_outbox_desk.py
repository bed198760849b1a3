"""What did not go out, at the desk: seen, explained, and sent again."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.people.models import Duty, Person, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
DESK = "/en/office/outbox/"
SECRET = "Only Liis may read this."


@pytest.fixture
def mari(client: Client) -> Person:
    officer = people.staff(Duty.OFFICER)
    sign_in(client, officer, strong=True)
    return officer


@pytest.fixture
def dead() -> OutboxMessage:
    """A letter that no mail server took, however often it was tried."""
    message = outbox.put(
        "nobody-delivers-this",
        key="letter:1",
        payload={"to": "liis@example.org", "subject": "Your place", "body": SECRET},
        at=clock.now(),
    )
    for attempt in range(settings.OUTBOX_ATTEMPTS):
        outbox.deliver_due(at=clock.now() + timedelta(days=attempt))
    message.refresh_from_db()
    return message


def test_a_letter_that_was_given_up_is_seen_with_its_error(
    client: Client, mari: Person, dead: OutboxMessage
) -> None:
    page = client.get(DESK).content.decode()

    assert dead.state == Delivery.DEAD
    assert "Your place" in page
    assert "To liis@example.org" in page
    assert "KeyError" in page
    assert f"tried {settings.OUTBOX_ATTEMPTS} times" in page
    assert SECRET not in page


def test_the_desk_counts_letters_that_were_given_up(
    client: Client, mari: Person, dead: OutboxMessage
) -> None:
    page = client.get("/en/office/").content.decode()

    assert "letters that did not go out" in page
    assert f'href="{DESK}"' in page


def test_sending_again_twice_is_once(
    client: Client, mari: Person, dead: OutboxMessage
) -> None:
    first = client.post(f"{DESK}{dead.pk}/send-again/", follow=True)
    second = client.post(f"{DESK}{dead.pk}/send-again/", follow=True)

    dead.refresh_from_db()
    assert "It is tried again now." in first.content.decode()
    assert "It is being tried already." in second.content.decode()
    assert (dead.state, dead.attempts) == (Delivery.WAITING, 0)
    assert [each.by for each in RegisterEntry.objects.all()] == [mari]


def test_what_is_tried_again_by_itself_has_no_button(
    client: Client, mari: Person
) -> None:
    outbox.put("nobody-delivers-this", key="1", payload={}, at=clock.now())
    outbox.deliver_due(at=clock.now())

    page = client.get(DESK).content.decode()

    assert "being tried" in page
    assert "Send again" not in page


def test_what_went_out_is_not_there_and_cannot_be_sent_again(
    client: Client, mari: Person
) -> None:
    sent = outbox.put("letter", key="1", payload={}, at=clock.now())
    OutboxMessage.objects.update(state=Delivery.SENT, sent_at=clock.now())

    assert "Everything has gone out" in client.get(DESK).content.decode()
    assert client.post(f"{DESK}{sent.pk}/send-again/").status_code == 404


@pytest.mark.parametrize("duty", sorted(set(Duty) - {Duty.OFFICER}))
def test_only_officers_see_letters(
    client: Client, dead: OutboxMessage, duty: Duty
) -> None:
    sign_in(client, people.staff(duty), strong=True)

    assert client.get(DESK).status_code == 403
    assert client.post(f"{DESK}{dead.pk}/send-again/").status_code == 403
    dead.refresh_from_db()
    assert dead.state == Delivery.DEAD


def test_looking_sends_nothing(
    client: Client, mari: Person, dead: OutboxMessage
) -> None:
    assert client.get(f"{DESK}{dead.pk}/send-again/").status_code == 405
