"""Personas, the mailbox and the clock of the demonstration."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings
from django.urls import reverse

from mikrokraad.core import clock
from mikrokraad.demo import clockwork
from mikrokraad.demo.mailbox import MailboxBackend
from mikrokraad.demo.models import Mail
from mikrokraad.people.middleware import is_strong
from mikrokraad.people.tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving_clock() -> None:
    clock.move_with(clockwork.offset)


def letter(to: str, subject: str = "Your code") -> Mail:
    message = EmailMultiAlternatives(subject, "Hello.\nhttps://example.org/x", to=[to])
    message.attach_alternative("<p>Hello.</p>", "text/html")
    assert MailboxBackend().send_messages([message]) == 1
    return Mail.objects.latest("pk")


@pytest.mark.parametrize("language", ["et", "en"])
def test_a_letter_lands_in_the_mailbox(client: Client, language: str) -> None:
    kept = letter("liis.maasikas@example.org")
    letter("somebody.else@example.org", "Another")

    found = client.get(f"/{language}/demo/mailbox/", {"q": "liis"}).content.decode()
    shown = client.get(f"/{language}/demo/mailbox/{kept.pk}/").content.decode()

    assert "Your code" in found
    assert "Another" not in found
    assert '<a href="https://example.org/x"' in shown


def test_a_letter_cannot_smuggle_in_markup(client: Client) -> None:
    kept = letter("liis.maasikas@example.org", "<script>alert(1)</script>")

    shown = client.get(f"/en/demo/mailbox/{kept.pk}/").content.decode()

    assert "<script>alert" not in shown


def test_one_click_signs_a_persona_in_strongly(client: Client) -> None:
    person(email="jaak.solg@example.org")

    page = client.get("/en/demo/")
    answer = client.post("/en/demo/sign-in/jaak-solg/", {"next": "/en/demo/clock/"})
    after = client.get(answer["Location"])

    assert "Jaak Sõlg" in page.content.decode()
    assert answer["Location"] == "/en/demo/clock/"
    assert after.wsgi_request.user.email == "jaak.solg@example.org"  # type: ignore[union-attr]
    assert is_strong(after.wsgi_request)


def test_signing_in_leads_nowhere_else(client: Client) -> None:
    person(email="jaak.solg@example.org")

    answer = client.post(
        "/en/demo/sign-in/jaak-solg/", {"next": "https://elsewhere.example.org/"}
    )

    assert answer["Location"] == reverse("pages:my_page")


@pytest.mark.parametrize("key", ["nobody", "stranger", "liis-maasikas"])
def test_only_personas_that_are_there_can_be_taken(client: Client, key: str) -> None:
    assert client.post(f"/en/demo/sign-in/{key}/").status_code == 404


@pytest.mark.usefixtures("moving_clock")
def test_the_clock_moves_forward(client: Client) -> None:
    before = clock.now()

    answer = client.post("/en/demo/clock/move/3/", follow=True)

    assert clock.now() - before == timedelta(days=3)
    assert answer.status_code == 200


@pytest.mark.usefixtures("moving_clock")
@pytest.mark.parametrize("day", ["2026-11-20", "2031-01-01", "31.12.2026", ""])
def test_the_clock_refuses_what_makes_no_sense(client: Client, day: str) -> None:
    before = clock.now()

    answer = client.post("/en/demo/clock/", {"day": day})

    assert clock.now() == before
    assert "error" in answer.content.decode()


@override_settings(DEMO=False)
def test_no_other_clock_can_be_moved() -> None:
    with pytest.raises(RuntimeError, match="Only the demonstration"):
        clock.move_with(timedelta)
