"""What the adapter sends, and which notices it believes."""

import json

import httpx
import pytest
from django.conf import settings
from joserfc.errors import JoseError

from mikrokraad.fees.gateways import BadNotification, Order, ProviderDown, Result
from mikrokraad.integrations.hosted_checkout import wire
from mikrokraad.integrations.hosted_checkout.gateway import HostedCheckout

ORDER = Order(
    reference="ours-1",
    amount_cents=240_010,
    language="et",
    return_url="https://micro.example.org/paid/",
    notification_url="https://micro.example.org/notice/",
)


def answering(status: int, content: object) -> HostedCheckout:
    return HostedCheckout(
        httpx.MockTransport(lambda _request: httpx.Response(status, json=content))
    )


def notice(**changes: object) -> str:
    claims = {
        "uuid": "theirs-1",
        "accessKey": settings.PAYMENT_PROVIDER_KEY,
        "merchantReference": "ours-1",
        "paymentStatus": "PAID",
        "grandTotal": 2400.10,
        "currency": "EUR",
        **changes,
    }
    return wire.signed(claims, settings.PAYMENT_PROVIDER_SECRET, at=1_800_000_000)


def test_an_order_is_signed_and_says_what_the_provider_needs() -> None:
    sent: list[dict[str, object]] = []

    def provider(request: httpx.Request) -> httpx.Response:
        token = json.loads(request.content)["data"]
        sent.append(wire.read(token, settings.PAYMENT_PROVIDER_SECRET))
        return httpx.Response(201, json={"uuid": "u", "paymentUrl": "https://pay/u"})

    assert HostedCheckout(httpx.MockTransport(provider)).create(ORDER) == (
        "u",
        "https://pay/u",
    )
    told = sent[0]
    assert told["accessKey"] == settings.PAYMENT_PROVIDER_KEY
    assert (told["merchantReference"], told["grandTotal"]) == ("ours-1", 2400.1)
    assert (told["currency"], told["locale"]) == ("EUR", "et")
    assert told["returnUrl"] == ORDER.return_url
    assert told["notificationUrl"] == ORDER.notification_url


@pytest.mark.parametrize(
    ("status", "content"),
    [(500, {}), (401, {"message": "no"}), (200, {}), (200, []), (200, "x")],
)
def test_an_answer_that_is_not_as_agreed_charges_nothing(
    status: int, content: object
) -> None:
    with pytest.raises(ProviderDown):
        answering(status, content).create(ORDER)


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("PAID", Result.PAID),
        ("PENDING", Result.PENDING),
        ("AUTHORIZED", Result.PENDING),
        ("VOIDED", Result.FAILED),
        ("ABANDONED", Result.FAILED),
        ("SOMETHING_NEW", Result.PENDING),
    ],
)
def test_a_notice_is_read(status: str, result: Result) -> None:
    told = HostedCheckout().read(notice(paymentStatus=status))

    assert (told.reference, told.provider_reference) == ("ours-1", "theirs-1")
    assert (told.amount_cents, told.result) == (240_010, result)


@pytest.mark.parametrize(
    "changes", [{"accessKey": "another shop"}, {"currency": "USD"}, {"grandTotal": "x"}]
)
def test_a_notice_of_another_shop_or_currency_is_refused(
    changes: dict[str, object],
) -> None:
    with pytest.raises(BadNotification):
        HostedCheckout().read(notice(**changes))


def test_a_token_without_a_signature_is_no_token() -> None:
    head = "eyJhbGciOiJub25lIn0"  # {"alg":"none"}
    body = notice().split(".")[1]

    with pytest.raises((ValueError, JoseError)):
        wire.read(f"{head}.{body}.", settings.PAYMENT_PROVIDER_SECRET)
