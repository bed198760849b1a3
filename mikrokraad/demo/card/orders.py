"""What the simulated provider does with orders."""

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import httpx
from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mikrokraad.core import outbox
from mikrokraad.demo.models import CardOrder
from mikrokraad.integrations.hosted_checkout import wire

CENTS = 100
PATIENCE_SECONDS = 10
NOTICE = "card-notice"
WORDS: dict[str, tuple[str | Promise, str]] = {  # what a status says, and how it looks
    "PENDING": (_("waits for the payer"), "wait"),
    "PAID": (_("paid"), "good"),
    "VOIDED": (_("declined"), "bad"),
    "ABANDONED": (_("left"), "plain"),
}


def order_from(token: str, *, at: datetime) -> CardOrder:
    """Take an order. Errors: ValueError when it is not signed by the shop."""
    claims = wire.read(token, settings.PAYMENT_PROVIDER_SECRET)
    try:
        if claims["accessKey"] != settings.PAYMENT_PROVIDER_KEY:
            raise ValueError("unknown shop")
        return CardOrder.objects.create(
            id=secrets.token_hex(16),
            merchant_reference=claims["merchantReference"],
            amount_cents=int(Decimal(str(claims["grandTotal"])) * CENTS),
            return_url=claims["returnUrl"],
            notification_url=claims["notificationUrl"],
            language=claims["locale"],
            at=at,
        )
    except KeyError as missing:
        raise ValueError(f"{missing} is missing") from missing


def orders() -> QuerySet[CardOrder]:
    return CardOrder.objects.order_by("-at")


def finish(order: CardOrder, status: str, *, at: datetime) -> str:
    """End an order as `status`, tell the shop, and give the address to go back to.

    A paid order stays paid, however often somebody clicks.
    """
    if order.status != "PAID":
        order.status = status
        order.save(update_fields=["status"])
    token = notice(order, at=at)
    outbox.put(
        NOTICE,
        key=f"card-notice:{order.pk}:{order.status}",
        payload={"url": order.notification_url, "token": token},
        at=at,
    )
    return f"{order.return_url}?{urlencode({'order-token': token})}"


def notice(order: CardOrder, *, at: datetime) -> str:
    amount = float(Decimal(order.amount_cents) / CENTS)
    claims = {
        "uuid": order.pk,
        "accessKey": settings.PAYMENT_PROVIDER_KEY,
        "merchantReference": order.merchant_reference,
        "paymentStatus": order.status,
        "grandTotal": amount,
        "currency": "EUR",
    }
    return wire.signed(claims, settings.PAYMENT_PROVIDER_SECRET, at=int(at.timestamp()))


def tell(_key: str, payload: dict[str, Any]) -> None:
    """Deliver a notice to the shop (the outbox tries again when it fails)."""
    answer = httpx.post(
        payload["url"], json={"orderToken": payload["token"]}, timeout=PATIENCE_SECONDS
    )
    answer.raise_for_status()
