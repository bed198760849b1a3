"""Outside effects: at least once, one row per key, later and later, then dead."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from mikrokraad.core import outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.core.tests.factories import AT

KIND = "test of the outbox"
MINUTE = timedelta(minutes=1)


class Outside:
    """An outside system that can be down, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.down = False
        self.in_a_transaction: set[bool] = set()

    def deliver(self, key: str, payload: dict[str, Any]) -> None:
        self.in_a_transaction.add(connection.in_atomic_block)
        if self.down:
            raise ConnectionError(f"{payload['to']} is away")
        self.told.append(key)


@pytest.fixture
def outside() -> Iterator[Outside]:
    system = Outside()
    outbox.deliver_with(KIND, system.deliver)
    yield system
    del outbox._deliverers[KIND]  # noqa: SLF001


def put(key: str = "offer:1", **options: Any) -> OutboxMessage:  # noqa: ANN401
    payload = {"to": "mari@example.org"}
    return outbox.put(KIND, key=key, payload=payload, at=AT, **options)


@pytest.mark.django_db
def test_a_message_is_delivered_once(outside: Outside) -> None:
    message = put()

    assert outbox.deliver_due(at=AT) == 1
    assert outbox.deliver_due(at=AT + MINUTE) == 0
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (Delivery.SENT, AT)
    assert outside.told == ["offer:1"]


@pytest.mark.django_db
def test_the_same_key_twice_is_one_message(outside: Outside) -> None:
    assert put() == put()
    outbox.deliver_due(at=AT)
    put()
    outbox.deliver_due(at=AT)

    assert OutboxMessage.objects.count() == 1
    assert outside.told == ["offer:1"]


@pytest.mark.django_db
def test_a_message_waits_for_its_time(outside: Outside) -> None:
    put(due_at=AT + MINUTE)

    assert outbox.deliver_due(at=AT) == 0
    assert outbox.deliver_due(at=AT + MINUTE) == 1


@pytest.mark.django_db
def test_what_is_due_first_goes_first_and_no_more_than_asked(outside: Outside) -> None:
    put("late", due_at=AT + MINUTE)
    put("early")
    put("earlier", due_at=AT - MINUTE)

    assert outbox.deliver_due(at=AT + MINUTE, most=2) == 2
    assert outside.told == ["earlier", "early"]


@pytest.mark.django_db
def test_nothing_due_is_one_look(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(3):  # with the transaction's two marks
        assert outbox.deliver_due(at=AT) == 0


@pytest.mark.django_db
def test_failures_are_tried_again_later_and_later(outside: Outside) -> None:
    message, outside.down = put(), True
    pauses, at = [], AT
    for _attempt in range(4):
        outbox.deliver_due(at=at)
        message.refresh_from_db()
        pauses.append(message.due_at - at)
        assert outbox.deliver_due(at=message.due_at - timedelta(seconds=1)) == 0
        at = message.due_at

    assert pauses == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert message.last_error == "ConnectionError: mari@example.org is away"
    outside.down = False
    assert outbox.deliver_due(at=at) == 1


@pytest.mark.django_db
def test_one_that_fails_does_not_hold_up_the_others(outside: Outside) -> None:
    outbox.put("nobody delivers this", key="lost", payload={}, at=AT)
    put()

    assert outbox.deliver_due(at=AT) == 1
    assert OutboxMessage.objects.get(key="lost").attempts == 1


@pytest.mark.django_db
def test_after_the_last_attempt_it_is_dead_until_staff_send_it_again(
    outside: Outside, settings: LazySettings
) -> None:
    settings.OUTBOX_ATTEMPTS = 2
    message, outside.down = put(), True
    for day in range(5):
        outbox.deliver_due(at=AT + timedelta(days=day))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.DEAD, 2)

    outside.down = False
    later = AT + timedelta(days=9)
    outbox.send_again(message, at=later)
    assert outbox.deliver_due(at=later) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.SENT, 1)


@pytest.mark.django_db
def test_no_pause_is_longer_than_a_day(
    outside: Outside, settings: LazySettings
) -> None:
    settings.OUTBOX_ATTEMPTS = 20
    message, outside.down = put(), True
    OutboxMessage.objects.update(attempts=15)

    outbox.deliver_due(at=AT)

    message.refresh_from_db()
    assert message.due_at == AT + timedelta(days=1)


@pytest.mark.django_db
def test_only_a_dead_message_is_sent_again(outside: Outside) -> None:
    message = put()
    assert not outbox.send_again(message, at=AT)
    outbox.deliver_due(at=AT)
    assert not outbox.send_again(message, at=AT)

    assert outbox.deliver_due(at=AT) == 0
    assert outside.told == ["offer:1"]


@pytest.mark.django_db
def test_what_could_not_be_delivered_is_listed_the_dead_first(
    outside: Outside, settings: LazySettings
) -> None:
    settings.OUTBOX_ATTEMPTS = 2
    put("sent")
    outbox.deliver_due(at=AT)
    outside.down = True
    dead = put("dead")
    for minutes in (1, 9):
        outbox.deliver_due(at=AT + minutes * MINUTE)
    failing = put("failing")
    outbox.deliver_due(at=AT + 10 * MINUTE)
    put("not tried yet")

    assert list(outbox.undelivered()) == [dead, failing]


@pytest.mark.django_db
def test_a_failure_is_logged_without_saying_whom_it_was_for(
    outside: Outside, logged: list[Any]
) -> None:
    message, outside.down = put(), True

    outbox.deliver_due(at=AT)

    assert logged == [
        {
            "event": "outbox.failed",
            "message": message.pk,
            "attempts": 1,
            "log_level": "warning",
        }
    ]


@pytest.mark.django_db
def test_a_message_belongs_to_the_step_that_asked_for_it() -> None:
    def step() -> None:
        with transaction.atomic():
            put()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        step()

    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_sent_messages_dated() -> None:
    message = put()
    message.state = Delivery.SENT

    with pytest.raises(IntegrityError), transaction.atomic():
        message.save()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_while_an_outside_system_is_asked(outside: Outside) -> None:
    put()
    outbox.deliver_due(at=AT)

    assert outside.in_a_transaction == {False}


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_meanwhile_leaves_the_message_to_another(
    outside: Outside,
) -> None:
    message = put()

    def die(_key: str, _payload: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    outbox.deliver_with(KIND, die)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver_due(at=AT)
    outbox.deliver_with(KIND, outside.deliver)

    assert outbox.deliver_due(at=AT + MINUTE) == 0
    assert outbox.deliver_due(at=AT + outbox.TAKEN_FOR) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.SENT, 2)


WORKERS, MESSAGES = 4, 20


@pytest.mark.django_db(transaction=True)
def test_many_workers_deliver_each_message_once(outside: Outside) -> None:
    ready = Barrier(WORKERS)
    for n in range(MESSAGES):
        put(f"offer:{n}")

    def work(_n: int) -> int:
        try:
            ready.wait(timeout=20)
            return outbox.deliver_due(at=AT, most=MESSAGES)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        sent = sum(pool.map(work, range(WORKERS)))

    assert sent == MESSAGES
    assert sorted(outside.told) == sorted(f"offer:{n}" for n in range(MESSAGES))


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_for_the_same_get_one_row(outside: Outside) -> None:
    ready = Barrier(WORKERS)

    def ask(_n: int) -> int:
        try:
            ready.wait(timeout=20)
            return put().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        rows = set(pool.map(ask, range(WORKERS)))

    assert len(rows) == OutboxMessage.objects.count() == 1
