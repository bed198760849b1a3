"""What a payment provider must be able to do; `integrations` has the adapters."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from mikrokraad.core.errors import Refusal


class ProviderDown(Refusal):
    """The provider did not answer, or not as agreed. Nothing was charged."""

    code = "provider-down"


class BadNotification(Refusal):
    """Somebody told of a payment without the provider's signature."""

    code = "bad-notification"


class Result(StrEnum):
    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True)
class Order:
    """What to charge. `amount_cents` in euros; `reference` is ours and unique."""

    reference: str
    amount_cents: int
    language: str
    return_url: str
    notification_url: str


@dataclass(frozen=True)
class Notice:
    """What the provider says about an order, its signature checked."""

    reference: str
    provider_reference: str
    amount_cents: int
    result: Result


class Gateway(Protocol):
    def create(self, order: Order) -> tuple[str, str]:
        """Ask for a payment page: the provider's reference and the page's address.

        Errors: ProviderDown.
        """

    def read(self, token: str) -> Notice:
        """A signed notice. Errors: BadNotification."""


@cache
def gateway() -> Gateway | None:
    """The chosen provider; None when this university takes no cards."""
    if not settings.PAYMENT_GATEWAY:
        return None
    made: Gateway = import_string(settings.PAYMENT_GATEWAY)()
    return made
