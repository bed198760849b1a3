"""The outbox: outside effects, written down with the change that causes them.

A row is put in the caller's transaction and delivered after it, by the worker,
at least once. What fails is tried again, later and later; after
`settings.OUTBOX_ATTEMPTS` tries it is dead: staff see it and can send it again.
Texts are kept for `settings.LETTERS_KEPT_DAYS`; that something was sent stays known.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from mikrokraad.core.models import Delivery, OutboxMessage

log = structlog.get_logger()

Deliver = Callable[[str, dict[str, Any]], None]

TAKEN_FOR = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
KEPT = ("person", "template", "version", "language")  # facts of a letter, not its text
NOTHING_KEPT = timedelta(days=7)  # how long such a message stays if it cannot be sent
MOST_AT_ONCE = 500

_deliverers: dict[str, Deliver] = {}
_forgotten: set[str] = set()


def deliver_with(kind: str, deliver: Deliver, *, forget: bool = False) -> None:
    """Let `deliver(key, payload)` send messages of this kind.

    `forget`: once delivered, nothing of the message is kept.
    """
    _deliverers[kind] = deliver
    if forget:
        _forgotten.add(kind)


def put(
    kind: str,
    *,
    key: str,
    payload: dict[str, Any],
    at: datetime,
    about: str = "",
    due_at: datetime | None = None,
) -> OutboxMessage:
    """Ask for one delivery. The same key twice is one message."""
    message = OutboxMessage(
        kind=kind,
        key=key,
        payload=payload,
        about=about,
        created_at=at,
        due_at=due_at or at,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    return OutboxMessage.objects.get(key=key)


def put_and_deliver(
    kind: str,
    *,
    key: str,
    payload: dict[str, Any],
    at: datetime,
    deliver: Deliver | None = None,
) -> bool:
    """Deliver at once, for somebody who waits; outside any transaction. Whether it went.

    `deliver` may have less patience than the worker, who tries next, and at once; also
    if this process dies meanwhile, a little later.
    """
    message = put(kind, key=key, payload=payload, at=at, due_at=at + TAKEN_FOR)
    if _deliver(message, at=at, deliver=deliver):
        return True
    waiting = OutboxMessage.objects.filter(pk=message.pk, state=Delivery.WAITING)
    waiting.update(due_at=at)
    return False


def deliver_due(*, at: datetime, most: int = 100) -> int:
    """Try messages whose time has come, until none is left. How many were sent."""
    sent = 0
    for _n in range(most):
        message = _taken(at)
        if message is None:
            break
        sent += _deliver(message, at=at)
    return sent


def _deliver(
    message: OutboxMessage, *, at: datetime, deliver: Deliver | None = None
) -> bool:
    """Deliver one message outside any transaction, and keep what came of it.

    Nothing is locked meanwhile: an outside system may be slow, or call us back.
    """
    try:
        (deliver or _deliverers[message.kind])(message.key, message.payload)
    except Exception as error:  # noqa: BLE001 -- whatever an outside system does, the row must say so
        _failed(message, error, at=at)
    else:
        message.state, message.sent_at, message.last_error = Delivery.SENT, at, ""
    sent = message.state == Delivery.SENT
    if sent and message.kind in _forgotten:
        message.delete()
        return True
    message.save(update_fields=["state", "attempts", "sent_at", "due_at", "last_error"])
    return sent


@transaction.atomic
def _taken(at: datetime) -> OutboxMessage | None:
    """The next due message, out of the way of other workers for a while.

    If this process dies now, the message is due again after `TAKEN_FOR`.
    """
    due = OutboxMessage.objects.filter(state=Delivery.WAITING, due_at__lte=at).order_by(
        "due_at", "id"
    )
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    message = due.first()
    if message is not None:
        message.attempts += 1
        message.due_at = at + TAKEN_FOR
        message.save(update_fields=["attempts", "due_at"])
    return message


def _failed(message: OutboxMessage, error: Exception, *, at: datetime) -> None:
    message.last_error = f"{type(error).__name__}: {error}"[:2000]
    pause = timedelta(minutes=2**message.attempts)
    message.due_at = at + min(pause, LONGEST_PAUSE)
    if message.attempts >= settings.OUTBOX_ATTEMPTS:
        message.state = Delivery.DEAD
    log.warning("outbox.failed", message=message.pk, attempts=message.attempts)


@transaction.atomic
def send_again(message: OutboxMessage, *, at: datetime) -> bool:
    """Give a dead message another round of attempts. False when it is not dead."""
    locked = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if locked.state != Delivery.DEAD or locked.forgotten_at is not None:
        return False
    locked.state, locked.attempts, locked.due_at = Delivery.WAITING, 0, at
    locked.save(update_fields=["state", "attempts", "due_at"])
    return True


def undelivered() -> QuerySet[OutboxMessage]:
    """What failed at least once and is not sent: dead ones first, then the oldest."""
    failing = Q(state=Delivery.WAITING) & ~Q(last_error="")
    known = OutboxMessage.objects.filter(forgotten_at=None)
    return known.filter(Q(state=Delivery.DEAD) | failing).order_by(
        "state", "created_at", "pk"
    )


# Forgetting -----------------------------------------------------------------------------


def forget_old(*, at: datetime) -> int:
    """Take out the texts of what was sent, or given up, long enough ago. How many."""
    since = at - timedelta(days=settings.LETTERS_KEPT_DAYS)
    dead = OutboxMessage.objects.filter(kind__in=_forgotten, state=Delivery.DEAD)
    dead.filter(created_at__lt=at - NOTHING_KEPT).delete()
    old = OutboxMessage.objects.filter(
        Q(sent_at=None) | Q(sent_at__lt=since), forgotten_at=None, created_at__lt=since
    ).exclude(state=Delivery.WAITING)
    return sum(
        _forget(each, at=at) for each in old.order_by("created_at")[:MOST_AT_ONCE]
    )


@transaction.atomic
def forget_about(things: Iterable[str], *, at: datetime) -> int:
    """Take out the texts of all messages about these, as `about` names them. How many.

    What still waits is not sent any more.
    """
    about = OutboxMessage.objects.filter(about__in=list(things), forgotten_at=None)
    about.filter(state=Delivery.WAITING).update(state=Delivery.DEAD)
    return sum(_forget(each, at=at) for each in about)


def _forget(message: OutboxMessage, *, at: datetime) -> int:
    """Keep whom it was for, by id, and which; unless it was sent again meanwhile."""
    still = OutboxMessage.objects.filter(pk=message.pk).exclude(state=Delivery.WAITING)
    kept = {name: fact for name, fact in message.payload.items() if name in KEPT}
    return still.update(payload=kept, last_error="", forgotten_at=at)
