"""Deliver a letter of the outbox: plain words, and the same as a warm sheet of HTML."""

from email.utils import formatdate
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from mikrokraad.core import clock, prose
from mikrokraad.core.texts import said
from mikrokraad.people.models import Institution

KIND = "letter"  # as `people.letters` puts it in the outbox
NOTICE = "notice"  # as `catalogue.alerts` does; nothing of it is kept once it is sent


def deliver(key: str, letter: dict[str, Any]) -> None:
    """Send one letter. Whatever the mail server says goes up to the outbox."""
    e_mail(key, letter).send()


def e_mail(key: str, letter: dict[str, Any]) -> EmailMultiAlternatives:
    """The message of an outbox row; the same row is always the same Message-ID."""
    message = EmailMultiAlternatives(
        subject=" ".join(letter["subject"].split()),
        body=prose.plain_of(letter["body"]) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter["to"]],
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter["language"],
            "Date": formatdate(clock.now().timestamp()),
            "Message-ID": message_id(key),
            **_stopping(letter.get("stop", "")),
        },
    )
    message.attach_alternative(_sheet(letter), "text/html")
    return message


def _stopping(address: str) -> dict[str, str]:
    """What lets a mail program stop these letters by one press.

    Source: RFC 8058, section 3.1.
    """
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def message_id(key: str) -> str:
    """Known from the key alone, so that a letter sent twice is recognised as one."""
    name = sha256(key.encode()).hexdigest()[:40]
    return f"<{name}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def _sheet(letter: dict[str, Any]) -> str:
    institution = Institution.objects.first()
    with translation.override(letter["language"]):
        return render_to_string(
            "integrations/letter.html",
            {
                "subject": letter["subject"],
                "body": prose.html_of(letter["body"]),
                "language": letter["language"],
                "institution": said(institution.name) if institution else "",
                "public_url": settings.PUBLIC_URL,
            },
        )
