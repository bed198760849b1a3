"""Writing in the ledger: postings first, their entry last (see the triggers)."""

from datetime import datetime

from django.db import transaction

from mikrokraad.core.calendar import day_of
from mikrokraad.core.events import publish
from mikrokraad.fees import queries
from mikrokraad.fees.events import (
    ApplicationFeePaid,
    InvoiceSettled,
    PaymentRuleMet,
)
from mikrokraad.fees.models import Invoice, LedgerEntry, Posting, Series
from mikrokraad.fees.rules import Account, Purpose

Leg = tuple[Account, int, Invoice | None]
_PAID = {Purpose.APPLICATION: ApplicationFeePaid, Purpose.STUDIES: PaymentRuleMet}


@transaction.atomic
def post(key: str, kind: str, legs: list[Leg], *, at: datetime) -> LedgerEntry | None:
    """One entry with its legs; nothing happens when `key` was posted before (M6)."""
    if LedgerEntry.objects.filter(key=key).exists():
        return None
    entry = LedgerEntry(key=key, kind=kind, booked_on=day_of(at), at=at)
    Posting.objects.bulk_create(
        Posting(entry=entry, account=account, amount_cents=cents, invoice=invoice)
        for account, cents, invoice in legs
        if cents
    )
    entry.save(force_insert=True)
    return entry


def next_number(key: str, at: datetime) -> tuple[Series, int]:
    """The next number of this year's series, locked until the commit: no gaps."""
    series, _created = Series.objects.select_for_update().get_or_create(
        key=key, year=day_of(at).year
    )
    series.last += 1
    series.save(update_fields=["last"])
    return series, series.last


@transaction.atomic
def money_came(
    invoice: Invoice, cents: int, account: Account, *, key: str, at: datetime
) -> None:
    """Post money for an invoice from `account`; tell when nothing more is owed."""
    locked = Invoice.objects.select_for_update().get(pk=invoice.pk)
    before = queries.open_cents(locked)
    legs: list[Leg] = [(account, cents, None), (Account.RECEIVABLE, -cents, locked)]
    if post(key, "payment", legs, at=at) is None:
        return
    if before > 0 and before - cents <= 0:
        publish(InvoiceSettled(locked.pk, at))
        agreement = locked.agreement
        if agreement.ended_at is None and not queries.owed_on(agreement):
            publish(_PAID[Purpose(agreement.purpose)](agreement.pk, at))
