"""Where the demonstration's e-mails land: a table, open to everybody."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from email.utils import parseaddr
from itertools import groupby

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of
from mikrokraad.core.models import OutboxMessage
from mikrokraad.demo.models import Mail

_day: ContextVar[datetime | None] = ContextVar("day", default=None)


@contextmanager
def on_the_day(moment: datetime) -> Iterator[None]:
    """Let what is sent meanwhile bear this date: letters of the past, when seeding."""
    token = _day.set(moment)
    try:
        yield
    finally:
        _day.reset(token)


class MailboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps every message and sends none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = _day.get() or clock.now()
        kept = [
            Mail(
                to=parseaddr(address)[1],
                subject=str(message.subject),
                text=str(message.body),
                html=_html(message),
                at=at,
            )
            for message in email_messages
            for address in message.recipients()
        ]
        Mail.objects.bulk_create(kept)
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    found = [str(body) for body, kind in message.alternatives if kind == "text/html"]
    return found[0] if found else ""


def letters(to: str) -> QuerySet[Mail]:
    """Letters, newest first; only those to addresses that contain `to`."""
    return Mail.objects.filter(to__icontains=to).order_by("-at", "-pk")


def by_day(found: Iterable[Mail]) -> list[tuple[date, list[Mail]]]:
    """Letters in their order, under the day on which they came."""
    return [
        (day, list(those))
        for day, those in groupby(found, lambda mail: day_of(mail.at))
    ]


def letters_written() -> int:
    """How many letters there are, delivered or waiting for their hour."""
    return OutboxMessage.objects.filter(kind="letter").count()
