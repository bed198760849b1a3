"""Letters of the outbox go out as e-mail, and what fails is tried again."""

import smtplib
from datetime import datetime, timedelta
from email.message import Message
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from mikrokraad.core import outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.integrations.mail import letters
from mikrokraad.people.models import Institution

pytestmark = pytest.mark.django_db

LETTER = {
    "to": "mari@example.org",
    "language": "et",
    "subject": "Sulle on koht: Andmed & inimesed",
    "body": "Tere, **Mari**!\n\n- esmaspäev\n- teisipäev\n\nhttps://micro.example.org/et/",
}


class MailServerIsDown(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:  # noqa: ANN401 -- Django's own signature
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


DOWN = f"{__name__}.MailServerIsDown"


@pytest.fixture
def waiting(noon: datetime) -> OutboxMessage:
    return outbox.put("letter", key="letter:offer:1", payload=LETTER, at=noon)


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def sent() -> Message:
    assert len(mail.outbox) == 1
    message: Message = mail.outbox[0].message()
    return message


def test_a_due_letter_is_sent_once(waiting: OutboxMessage, noon: datetime) -> None:
    assert outbox.deliver_due(at=noon) == 1
    assert outbox.deliver_due(at=noon) == 0

    waiting.refresh_from_db()
    assert (waiting.state, waiting.sent_at) == (Delivery.SENT, noon)
    assert sent()["To"] == "mari@example.org"


def test_a_letter_says_who_writes_in_which_language(
    waiting: OutboxMessage, noon: datetime, settings: LazySettings
) -> None:
    outbox.deliver_due(at=noon)

    head = sent()
    assert head["From"] == settings.DEFAULT_FROM_EMAIL
    assert head["Subject"] == "Sulle on koht: Andmed & inimesed"
    assert head["Content-Language"] == "et"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Date"] == "Tue, 24 Nov 2026 10:00:00 -0000"


def test_a_letter_is_plain_words_and_a_sheet(
    waiting: OutboxMessage, noon: datetime
) -> None:
    outbox.deliver_due(at=noon)

    letter = mail.outbox[0]
    assert isinstance(letter, EmailMultiAlternatives)
    assert letter.body == (
        "Tere, Mari!\n\n- esmaspäev\n- teisipäev\n\nhttps://micro.example.org/et/\n"
    )
    html = html_of(letter)
    assert '<html lang="et">' in html
    assert "Sulle on koht: Andmed &amp; inimesed</h1>" in html
    assert "<p>Tere, <strong>Mari</strong>!</p>" in html
    assert '<a href="https://micro.example.org/et/"' in html


def test_the_sheet_names_the_institution_in_the_letters_language() -> None:
    Institution.objects.create(
        name={"et": "Emajõe Ülikool", "en": "University of Emajõgi"},
        registry_code="1",
        email="info@example.org",
    )

    assert "Emajõe Ülikool" in html_of(letters.e_mail("a", LETTER))
    english = {**LETTER, "language": "en"}
    assert "University of Emajõgi" in html_of(letters.e_mail("a", english))


def test_the_same_letter_twice_is_recognised_by_its_message_id() -> None:
    first = letters.e_mail("letter:offer:1", LETTER).message()["Message-ID"]

    assert letters.e_mail("letter:offer:1", LETTER).message()["Message-ID"] == first
    assert letters.e_mail("letter:offer:2", LETTER).message()["Message-ID"] != first
    assert first.endswith("@localhost>")
    assert "offer" not in first


def test_what_a_stranger_wrote_cannot_add_a_header_or_a_script() -> None:
    letter = {
        **LETTER,
        "subject": "Hello\nBcc: all@example.org",
        "body": "<script>alert(1)</script>",
    }

    message = letters.e_mail("a", letter)

    assert message.message()["Subject"] == "Hello Bcc: all@example.org"
    assert message.message()["Bcc"] is None
    assert "<script>" not in html_of(message)


def test_a_mail_server_that_is_down_is_tried_again_later(
    waiting: OutboxMessage, noon: datetime, settings: LazySettings
) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DOWN
    assert outbox.deliver_due(at=noon) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == (Delivery.WAITING, 1)
    assert waiting.due_at == noon + timedelta(minutes=2)
    assert waiting.last_error == (
        "SMTPServerDisconnected: Connection unexpectedly closed"
    )

    settings.EMAIL_BACKEND = working
    assert outbox.deliver_due(at=noon + timedelta(minutes=1)) == 0
    assert outbox.deliver_due(at=noon + timedelta(minutes=2)) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.last_error) == (Delivery.SENT, "")


def test_a_letter_nobody_takes_is_dead_until_staff_send_it_again(
    waiting: OutboxMessage, noon: datetime, settings: LazySettings
) -> None:
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, DOWN
    later = noon
    for _attempt in range(settings.OUTBOX_ATTEMPTS):
        later += timedelta(days=1)
        outbox.deliver_due(at=later)
    waiting.refresh_from_db()
    assert waiting.state == Delivery.DEAD
    assert waiting.attempts == settings.OUTBOX_ATTEMPTS

    settings.EMAIL_BACKEND = working
    assert outbox.deliver_due(at=later + timedelta(days=1)) == 0
    outbox.send_again(waiting, at=later)
    assert outbox.deliver_due(at=later) == 1

    waiting.refresh_from_db()
    assert waiting.state == Delivery.SENT
    assert len(mail.outbox) == 1
