"""Letters are not kept for ever: their texts go, the fact that they were sent stays."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from mikrokraad.core import clocks, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.core.tests.factories import AT

pytestmark = pytest.mark.django_db
LETTER, NOTICE = "test letter", "test notice"
DAY = timedelta(days=1)
TEXT = {"to": "mari@example.org", "subject": "Hello", "body": "…", "person": "7"}


@pytest.fixture(autouse=True)
def down(settings: Settings) -> Iterator[set[str]]:
    """Kinds that cannot be delivered now."""
    settings.LETTERS_KEPT_DAYS = 30
    away: set[str] = set()

    def deliver(_key: str, payload: dict[str, Any]) -> None:
        if payload["to"] in away:
            raise ConnectionError(f"{payload['to']} is away")

    outbox.deliver_with(LETTER, deliver)
    outbox.deliver_with(NOTICE, deliver, forget=True)
    yield away
    del outbox._deliverers[LETTER], outbox._deliverers[NOTICE]  # noqa: SLF001
    outbox._forgotten.remove(NOTICE)  # noqa: SLF001


def put(key: str = "letter:offer:1", **options: Any) -> OutboxMessage:  # noqa: ANN401
    return outbox.put(LETTER, key=key, payload=TEXT, at=AT, **options)


def given_up(message: OutboxMessage) -> OutboxMessage:
    message.state, message.last_error = Delivery.DEAD, "mari@example.org is away"
    message.save()
    return message


def test_the_text_goes_after_the_days_that_are_said_and_the_fact_stays() -> None:
    message = put()
    outbox.deliver_due(at=AT)

    clocks.tick(at=AT + 30 * DAY)
    message.refresh_from_db()
    assert message.payload == TEXT

    for _twice in range(2):
        clocks.tick(at=AT + 30 * DAY + timedelta(seconds=1))
    message.refresh_from_db()
    assert message.payload == {"person": "7"}
    assert (message.key, message.kind) == ("letter:offer:1", LETTER)
    assert (message.state, message.sent_at) == (Delivery.SENT, AT)
    assert message.forgotten_at == AT + 30 * DAY + timedelta(seconds=1)


def test_the_days_are_counted_from_the_sending() -> None:
    message = put(due_at=AT + 20 * DAY)
    outbox.deliver_due(at=AT + 20 * DAY)

    clocks.tick(at=AT + 40 * DAY)
    message.refresh_from_db()
    assert message.payload == TEXT

    clocks.tick(at=AT + 51 * DAY)
    message.refresh_from_db()
    assert message.payload == {"person": "7"}


def test_what_waits_to_be_sent_is_not_touched() -> None:
    message = put(due_at=AT + 90 * DAY)

    clocks.tick(at=AT + 60 * DAY)

    message.refresh_from_db()
    assert message.payload == TEXT


def test_what_was_given_up_and_forgotten_cannot_be_sent_again() -> None:
    message = given_up(put())
    assert list(outbox.undelivered()) == [message]

    clocks.tick(at=AT + 31 * DAY)

    message.refresh_from_db()
    assert (message.payload, message.last_error) == ({"person": "7"}, "")
    assert list(outbox.undelivered()) == []
    assert not outbox.send_again(message, at=AT + 31 * DAY)


def test_a_given_up_notice_of_which_nothing_is_kept_goes_after_a_week() -> None:
    given_up(outbox.put(NOTICE, key="notice:1", payload=TEXT, at=AT))

    clocks.tick(at=AT + 7 * DAY)
    assert OutboxMessage.objects.count() == 1

    clocks.tick(at=AT + 7 * DAY + timedelta(seconds=1))
    assert OutboxMessage.objects.count() == 0


def test_what_is_about_something_forgotten_is_forgotten_with_it() -> None:
    about = put("letter:1", about="enquiry:1")
    outbox.deliver_due(at=AT)
    waiting = put("letter:2", about="enquiry:1")
    other = put("letter:3", about="enquiry:2")

    outbox.forget_about(["enquiry:1"], at=AT + DAY)

    for message in (about, waiting, other):
        message.refresh_from_db()
    assert (about.payload, about.state) == ({"person": "7"}, Delivery.SENT)
    assert (waiting.payload, waiting.state) == ({"person": "7"}, Delivery.DEAD)
    assert (other.payload, other.state) == (TEXT, Delivery.WAITING)
    assert outbox.deliver_due(at=AT + DAY) == 1


def test_the_database_lets_nothing_wait_that_is_forgotten() -> None:
    message = put()
    message.forgotten_at = AT

    with pytest.raises(IntegrityError), transaction.atomic():
        message.save()
