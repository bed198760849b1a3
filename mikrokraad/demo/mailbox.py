"""Where the demonstration's e-mails land: a table, open to everybody."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from mikrokraad.core import clock
from mikrokraad.demo.models import Mail


class MailboxBackend(BaseEmailBackend):
    """An e-mail backend that keeps every message and sends none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = clock.now()
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
