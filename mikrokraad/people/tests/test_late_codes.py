"""The mail server does not answer: the code letter is late, kept, and tried again."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from conftest import NOON
from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/sign-in/"
ENTER = "/en/sign-in/code/"
NEW = "kadri@example.org"
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def dead_server(settings: Settings) -> Settings:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "127.0.0.1", SMTP
    return settings


@pytest.fixture
def hanging_server(settings: Settings) -> Iterator[Settings]:
    """A server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        settings.EMAIL_HOST, settings.EMAIL_BACKEND = "127.0.0.1", SMTP
        settings.SIGN_IN_EMAIL_TIMEOUT, settings.EMAIL_TIMEOUT = 1, 3
        yield settings


def try_again(minutes: int) -> int:
    """What the worker does so much later."""
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        return outbox.deliver_due(at=clock.now())


@pytest.mark.usefixtures("dead_server")
def test_a_late_letter_is_told_of_in_words(client: Client) -> None:
    answer = client.post(SIGN_IN, {"email": NEW}, follow=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == ENTER
    assert f"The letter with the code for {NEW} is late" in page
    assert "We keep trying for 15 minutes" in page
    assert "We have sent a code" not in page
    assert "Send a new code" in page


@pytest.mark.usefixtures("dead_server")
def test_known_and_unknown_addresses_are_told_the_same() -> None:
    pages = []
    for email in (people.person().email, NEW):
        page = Client().post(SIGN_IN, {"email": email}, follow=True).content.decode()
        said = page.replace(email, "")
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", said))

    assert pages[0] == pages[1]


def test_the_same_code_comes_later_and_lets_in(
    client: Client, dead_server: Settings
) -> None:
    client.post(SIGN_IN, {"email": NEW})
    assert try_again(0) == 0
    kept = OutboxMessage.objects.get()
    dead_server.EMAIL_BACKEND = IN_MEMORY

    assert (try_again(1), try_again(2)) == (0, 1)
    letter = mail.outbox[-1]
    code = CODE.search(str(letter.body))
    assert code is not None
    client.post(ENTER, {"code": code[0]})

    assert (kept.state, letter.to) == (Delivery.WAITING, [NEW])
    assert "It works for 13 minutes" in str(letter.body)
    assert Person.objects.get().email == NEW


def test_a_server_that_hangs_holds_nobody_up(
    client: Client, hanging_server: Settings
) -> None:
    began = perf_counter()
    page = client.post(SIGN_IN, {"email": NEW}, follow=True).content.decode()
    took = perf_counter() - began

    assert 0.9 < took < 2.9
    assert f"The letter with the code for {NEW} is late" in page


def test_the_worker_tries_at_once_and_has_more_patience(
    client: Client, hanging_server: Settings
) -> None:
    client.post(SIGN_IN, {"email": NEW})

    began = perf_counter()
    assert try_again(0) == 0
    took = perf_counter() - began

    assert took > 2.9
    assert "timed out" in OutboxMessage.objects.get().last_error
    hanging_server.EMAIL_BACKEND = IN_MEMORY
    assert try_again(2) == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Your code for signing in to Mikrokraad"),
        ("et", "Sinu kood Mikrokraadi sisselogimiseks"),
    ],
)
def test_a_late_letter_keeps_its_language(
    client: Client, dead_server: Settings, language: str, subject: str
) -> None:
    client.post(f"/{language}/sign-in/", {"email": NEW})
    dead_server.EMAIL_BACKEND = IN_MEMORY

    try_again(2)

    assert mail.outbox[-1].subject == subject


def test_no_code_stands_in_the_outbox_for_staff_to_read(
    client: Client, dead_server: Settings
) -> None:
    client.post(SIGN_IN, {"email": NEW})
    kept = OutboxMessage.objects.get()
    dead_server.EMAIL_BACKEND = IN_MEMORY
    try_again(2)
    code = CODE.search(str(mail.outbox[-1].body))

    assert code is not None
    told = f"{kept.key} {kept.payload} {kept.last_error}"
    assert code[0] not in told
    assert code[0].replace("-", "") not in told
    assert kept.payload["subject"] == "Your code for signing in to Mikrokraad"


def test_what_is_sent_leaves_nothing_behind(client: Client) -> None:
    client.post(SIGN_IN, {"email": NEW})

    assert len(mail.outbox) == 1
    assert not OutboxMessage.objects.exists()


def test_a_code_that_expired_meanwhile_is_not_sent(
    client: Client, dead_server: Settings
) -> None:
    client.post(SIGN_IN, {"email": NEW})
    dead_server.EMAIL_BACKEND = IN_MEMORY

    try_again(16)

    assert mail.outbox == []
    assert not OutboxMessage.objects.exists()


def test_a_newer_code_in_time_is_not_called_late(
    client: Client, dead_server: Settings
) -> None:
    client.post(SIGN_IN, {"email": NEW})
    dead_server.EMAIL_BACKEND = IN_MEMORY

    page = client.post(SIGN_IN, {"email": NEW}, follow=True).content.decode()

    assert f"We have sent a code to {NEW}" in page
    assert "is late" not in page
