"""Money rules: references, states, sums. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue.rules import PriceKind

_WEIGHTS = (7, 3, 1)
_MOST_DIGITS = 19


class PayerKind(models.TextChoices):
    SELF = "self", _("myself")
    EMPLOYER = "employer", _("my employer")
    FUND = "fund", _("a fund")


class Purpose(models.TextChoices):
    """What is agreed on: that an application is read, or that somebody studies."""

    APPLICATION = "application"
    STUDIES = "studies"


class Method(models.TextChoices):
    CARD = "card", _("card or bank link")
    TRANSFER = "transfer", _("bank transfer")


class PaymentState(models.TextChoices):
    CREATED = "created"
    PENDING = "pending"
    SETTLED = "settled"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LineState(models.TextChoices):
    MATCHED = "matched"
    UNMATCHED = "unmatched"
    IGNORED = "ignored"


class Account(models.TextChoices):
    """The accounts of the ledger. Debits are positive, credits negative."""

    BANK = "bank", _("bank account")
    PROVIDER = "provider", _("payment provider")
    RECEIVABLE = "receivable", _("owed by payers")
    REVENUE = "revenue", _("revenue")
    VAT = "vat", _("VAT to pay")
    UNALLOCATED = "unallocated", _("money without an invoice")


def reference_number(base: int) -> str:
    """An Estonian reference number: `base` and its 7-3-1 check digit.

    123456 gives "1234561". Errors: ValueError below 1 or above 19 digits.
    Source: Estonian Banking Association, reference number standard.
    """
    digits = str(base)
    if base < 1 or len(digits) > _MOST_DIGITS:
        raise ValueError(
            "A reference number has 1 to 19 digits before its check digit."
        )
    total = sum(
        int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(digits))
    )
    return f"{digits}{-total % 10}"


def plain_reference(written: str) -> str:
    """A reference number as it stands on the invoice, however a bank wrote it.

    Without spaces and leading zeros; of "RF18 1234561" (ISO 11649) what follows
    the two check digits.
    """
    bare = "".join(written.split()).upper()
    return re.sub(r"^RF[0-9]{2}", "", bare).lstrip("0")


@dataclass(frozen=True)
class Payer:
    """Who is invoiced: the learner, or an organisation with its facts."""

    kind: PayerKind = PayerKind.SELF
    name: str = ""
    registry_code: str = ""
    email: str = ""
    address: str = ""
    purchase_order: str = ""


@dataclass(frozen=True)
class Price:
    """What a run costs. `lines` are snapshots: kind, text, net, VAT and its reason."""

    lines: list[dict[str, Any]]

    @property
    def net_cents(self) -> int:
        return sum(line["net_cents"] for line in self.lines)

    @property
    def vat_cents(self) -> int:
        return sum(line["vat_cents"] for line in self.lines)

    @property
    def total_cents(self) -> int:
        return self.net_cents + self.vat_cents

    def part(self, purpose: Purpose) -> "Price":
        """The lines of one purpose: an application fee is asked first, on its own."""
        first = purpose == Purpose.APPLICATION
        kind = PriceKind.APPLICATION_FEE
        return Price([line for line in self.lines if (line["kind"] == kind) == first])

    @property
    def is_free(self) -> bool:
        return self.total_cents == 0
