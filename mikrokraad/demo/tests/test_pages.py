"""Personas, the mailbox and the clock of the demonstration."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override

from mikrokraad.core import clock
from mikrokraad.demo import clockwork
from mikrokraad.demo.card import orders
from mikrokraad.demo.mailbox import MailboxBackend, on_the_day
from mikrokraad.demo.models import CardOrder, Mail
from mikrokraad.people.middleware import is_strong
from mikrokraad.people.tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving_clock() -> None:
    clockwork.read_anew()
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

    assert answer["Location"] == reverse("office:desk")


@pytest.mark.parametrize(
    ("key", "home"),
    [
        ("liis.maasikas", "pages:my_page"),
        ("toomas.kudum", "office:studies_sections"),
        ("virve.munt", "office:desk"),
        ("rita.varav", "fees:invoices"),
    ],
)
def test_everybody_begins_where_their_work_waits(
    client: Client, key: str, home: str
) -> None:
    person(email=f"{key}@example.org")

    answer = client.post(f"/en/demo/sign-in/{key.replace('.', '-')}/")

    with override("en"):
        assert answer["Location"] == reverse(home)


def test_the_address_of_a_persona_shows_a_button_and_signs_nobody_in(
    client: Client,
) -> None:
    person(email="jaak.solg@example.org")

    page = client.get("/en/demo/sign-in/jaak-solg/")

    assert "Be Jaak Sõlg" in page.content.decode()
    assert not page.wsgi_request.user.is_authenticated


def test_letters_stand_under_the_day_they_came(client: Client) -> None:
    letter("liis.maasikas@example.org", "Of today")
    with on_the_day(clock.now() - timedelta(days=3)):
        letter("liis.maasikas@example.org", "Of Saturday")

    shown = client.get("/en/demo/mailbox/").content.decode()

    found = [
        shown.index(words)
        for words in ("24 November 2026", "Of today", "21 November 2026", "Of Saturday")
    ]
    assert found == sorted(found)


def test_an_order_says_how_it_ended(client: Client) -> None:
    for number, status in enumerate(orders.WORDS):
        CardOrder.objects.create(
            id=f"order-{number}", amount_cents=100, status=status, at=clock.now()
        )

    shown = client.get("/en/demo/card/").content.decode()

    assert all(str(words) in shown for words, _kind in orders.WORDS.values())


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
