"""The adapter: asks for a payment page, reads signed notices."""

from decimal import Decimal
from typing import Any

import httpx
import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from mikrokraad.core import clock
from mikrokraad.fees.gateways import (
    BadNotification,
    Notice,
    Order,
    ProviderDown,
    Result,
)
from mikrokraad.integrations.hosted_checkout import wire

log = structlog.get_logger()

PATIENCE_SECONDS = 10
CENTS = 100
RESULTS = {
    "PAID": Result.PAID,
    "PENDING": Result.PENDING,
    "AUTHORIZED": Result.PENDING,
    "VOIDED": Result.FAILED,
    "ABANDONED": Result.FAILED,
}


class HostedCheckout:
    """Orders are posted to `<url>/orders`; the answer names the page to go to."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.transport = transport

    def create(self, order: Order) -> tuple[str, str]:
        amount = float(Decimal(order.amount_cents) / CENTS)
        claims = {
            "accessKey": settings.PAYMENT_PROVIDER_KEY,
            "merchantReference": order.reference,
            "returnUrl": order.return_url,
            "notificationUrl": order.notification_url,
            "currency": "EUR",
            "grandTotal": amount,
            "locale": order.language,
            "payment": {
                "method": "paymentInitiation",
                "currency": "EUR",
                "amount": amount,
            },
        }
        token = wire.signed(
            claims, settings.PAYMENT_PROVIDER_SECRET, at=int(clock.now().timestamp())
        )
        try:
            with httpx.Client(
                transport=self.transport, timeout=PATIENCE_SECONDS
            ) as client:
                answer = client.post(
                    f"{settings.PAYMENT_PROVIDER_URL}/orders", json={"data": token}
                )
            answer.raise_for_status()
            told = answer.json()
            return str(told["uuid"]), str(told["paymentUrl"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.warning("payment.provider_down", error=type(error).__name__)
            raise ProviderDown(
                _(
                    "The payment provider does not answer. Nothing was charged. "
                    "Try again in a few minutes, or pay by bank transfer."
                )
            ) from error

    def read(self, token: str) -> Notice:
        try:
            told = wire.read(token, settings.PAYMENT_PROVIDER_SECRET)
            _require_ours(told)
            cents = Decimal(str(told["grandTotal"])) * CENTS
            return Notice(
                reference=str(told["merchantReference"]),
                provider_reference=str(told["uuid"]),
                amount_cents=int(cents),
                result=RESULTS.get(str(told["paymentStatus"]), Result.PENDING),
            )
        except (ValueError, KeyError, ArithmeticError) as error:
            raise BadNotification(
                _(
                    "The payment provider's notice could not be trusted, so nothing was changed."
                )
            ) from error


def _require_ours(told: dict[str, Any]) -> None:
    """Errors: ValueError when a notice is of another shop or currency."""
    ours = (settings.PAYMENT_PROVIDER_KEY, "EUR")
    if (told["accessKey"], told.get("currency", "EUR")) != ours:
        raise ValueError("A notice of another shop or currency.")
