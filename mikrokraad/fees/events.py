"""What others may want to know about money."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PaymentRuleMet:
    """What had to be paid before studying is paid, or nothing had to be."""

    agreement_id: UUID
    at: datetime


@dataclass(frozen=True)
class ApplicationFeePaid:
    """The fee for reading an application has come."""

    agreement_id: UUID
    at: datetime


@dataclass(frozen=True)
class InvoiceSettled:
    """Nothing is owed on this invoice any more."""

    invoice_id: UUID
    at: datetime
