"""Paying on the provider's page; its notices come late, twice, or never."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import translation

from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.demo.models import CardOrder
from mikrokraad.fees import actions, gateways, invariants, queries
from mikrokraad.fees.actions.card import NothingOwed
from mikrokraad.fees.gateways import BadNotification, ProviderDown
from mikrokraad.fees.models import Invoice, Payment
from mikrokraad.fees.rules import PaymentState
from mikrokraad.fees.tests.factories import invoice
from mikrokraad.integrations.hosted_checkout import wire
from mikrokraad.integrations.hosted_checkout.gateway import HostedCheckout
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db


def in_this_process(request: httpx.Request) -> httpx.Response:
    """The simulator itself, called here instead of over the network."""
    with translation.override(None):  # a request leaves its language behind
        answer = Client().post(
            request.url.path, request.content, content_type="application/json"
        )
    return httpx.Response(answer.status_code, content=answer.content)


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    made = HostedCheckout(httpx.MockTransport(in_this_process))
    monkeypatch.setattr("mikrokraad.fees.actions.card.gateway", lambda: made)


@pytest.fixture
def liis() -> Person:
    return people.person("Liis")


@pytest.fixture
def owed(liis: Person) -> Invoice:
    return invoice(person=liis)


def start(owed: Invoice) -> CardOrder:
    actions.start_card_payment(owed, by=None, at=clock.now(), language="en")
    return CardOrder.objects.latest("at", "pk")


def answer(client: Client, order: CardOrder, how: str) -> str:
    done = client.post(f"/en/demo/card/{order.pk}/finish/", {"answer": how})
    return str(done["Location"])


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["order-token"][0]


def test_paid_by_card_from_the_invoice_to_the_thanks(
    client: Client, liis: Person, owed: Invoice
) -> None:
    sign_in(client, liis)

    gone = client.post(f"/en/my/invoices/{owed.pk}/pay/")
    order = CardOrder.objects.get()
    assert gone["Location"].endswith(f"/en/demo/card/{order.pk}/")
    assert "€2,400" in client.get(f"/en/demo/card/{order.pk}/").content.decode()
    back = urlsplit(answer(client, order, "approve"))
    thanks = client.get(f"{back.path}?{back.query}", follow=True)

    assert "the payment has arrived" in thanks.content.decode()
    assert queries.open_cents(owed) == 0
    assert queries.trial_balance()["provider"] == 240_000
    assert list(invariants.broken(at=clock.now())) == []


def test_notice_and_return_and_both_again_are_one_posting(
    client: Client, owed: Invoice
) -> None:
    token = token_in(answer(client, start(owed), "approve"))

    for _n in range(2):
        client.post(
            "/payments/card/", {"orderToken": token}, content_type="application/json"
        )
        actions.read_notification(token, at=clock.now())

    assert queries.open_cents(owed) == 0
    assert owed.postings.count() == 3
    assert list(invariants.broken(at=clock.now())) == []


@pytest.mark.parametrize("how", ["decline", "leave"])
def test_what_is_not_paid_can_be_tried_again(
    client: Client, owed: Invoice, how: str
) -> None:
    token = token_in(answer(client, start(owed), how))
    payment = actions.read_notification(token, at=clock.now())

    assert payment.state == PaymentState.FAILED
    assert queries.open_cents(owed) == 240_000

    again = token_in(answer(client, start(owed), "approve"))
    actions.read_notification(again, at=clock.now())
    assert queries.open_cents(owed) == 0


def test_a_paid_order_stays_paid(client: Client, owed: Invoice) -> None:
    order = start(owed)
    answer(client, order, "approve")

    token = token_in(answer(client, order, "decline"))

    assert (
        actions.read_notification(token, at=clock.now()).state == PaymentState.SETTLED
    )


def test_the_simulator_tells_the_shop_through_the_outbox(
    client: Client, owed: Invoice
) -> None:
    answer(client, start(owed), "approve")

    notice = OutboxMessage.objects.get(kind="card-notice")
    assert notice.payload["url"].endswith("/payments/card/")


def test_a_paid_invoice_is_not_paid_again(client: Client, owed: Invoice) -> None:
    actions.read_notification(
        token_in(answer(client, start(owed), "approve")), at=clock.now()
    )

    with pytest.raises(NothingOwed):
        start(owed)


def forged(**changes: object) -> str:
    claims = {
        "uuid": "x",
        "accessKey": "demonstration-shop",
        "merchantReference": "x",
        "paymentStatus": "PAID",
        "grandTotal": 2400.0,
        **changes,
    }
    return wire.signed(claims, "another secret, long enough", at=1_800_000_000)


@pytest.mark.parametrize("token", ["", "a.b.c", "🦊", forged()])
def test_a_notice_without_the_providers_signature_is_refused(
    client: Client, owed: Invoice, token: str
) -> None:
    start(owed)

    with pytest.raises(BadNotification):
        actions.read_notification(token, at=clock.now())
    told = client.post(
        "/payments/card/", {"orderToken": token}, content_type="application/json"
    )

    assert told.status_code == 409
    assert Payment.objects.get().state == PaymentState.PENDING


@pytest.mark.parametrize("body", ["", "{", "[]", "7"])
def test_a_notice_that_is_no_notice_is_refused(client: Client, body: str) -> None:
    told = client.post("/payments/card/", body, content_type="application/json")

    assert told.status_code in (400, 409)


def test_a_notice_of_another_amount_is_refused(owed: Invoice) -> None:
    order = start(owed)
    claims = {
        "uuid": order.pk,
        "accessKey": "demonstration-shop",
        "merchantReference": order.merchant_reference,
        "paymentStatus": "PAID",
        "grandTotal": 1.0,
    }
    token = wire.signed(claims, settings.PAYMENT_PROVIDER_SECRET, at=1_800_000_000)

    with pytest.raises(BadNotification):
        actions.read_notification(token, at=clock.now())
    assert queries.open_cents(owed) == 240_000


@override_settings(PAYMENT_PROVIDER_URL="http://localhost/nothing-here")
def test_a_provider_that_does_not_answer_charges_nothing(owed: Invoice) -> None:
    with pytest.raises(ProviderDown, match="Nothing was charged"):
        start(owed)

    assert queries.open_cents(owed) == 240_000


def test_a_stranger_sees_no_invoice(client: Client, owed: Invoice) -> None:
    sign_in(client, people.person("Somebody"))

    for path in ("", "invoice.pdf", "paid/"):
        assert client.get(f"/en/my/invoices/{owed.pk}/{path}").status_code == 404
    assert client.post(f"/en/my/invoices/{owed.pk}/pay/").status_code == 404


def test_without_a_provider_cards_are_not_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch, liis: Person, owed: Invoice
) -> None:
    gateways.gateway.cache_clear()
    monkeypatch.setattr("mikrokraad.fees.views.gateway", gateways.gateway)
    sign_in(client, liis)

    with override_settings(PAYMENT_GATEWAY=""):
        page = client.get(f"/en/my/invoices/{owed.pk}/").content.decode()
    gateways.gateway.cache_clear()

    assert "Pay by card" not in page
    assert owed.reference in page
