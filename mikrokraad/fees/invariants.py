"""What must never be false about money, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F, Max, Q, Sum

from mikrokraad.fees.models import (
    Agreement,
    BankLine,
    CreditNote,
    Invoice,
    LedgerEntry,
    Payment,
    Posting,
    Series,
)
from mikrokraad.fees.rules import Account, LineState, PaymentState

CHECKED = {
    "M1": "every entry of the ledger sums to zero",
    "M2": "money that settled payments is in the ledger, and nothing else is",
    "M3": "every invoice and credit note has its number, its postings and its agreement",
    "M4": "no more is credited than was invoiced",
    "M5": "an invoice says what its quote said",
    "M6": "one payment or bank line is one entry of the ledger",
    "M7": "an ended agreement has its invoices credited",
}


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- every room's check has it
    yield from _unbalanced()
    yield from _payments_and_ledger()
    yield from _documents()
    yield from _credits()
    yield from _quotes()
    yield from _bank_lines()
    yield from _ended()


def _unbalanced() -> Iterator[tuple[str, str]]:
    sums = LedgerEntry.objects.annotate(
        total=Sum("postings__amount_cents"), n=Count("postings")
    )
    for entry in sums.filter(~Q(total=0) | Q(n=0)):
        yield "M1", f"entry {entry.key} sums to {entry.total}"


def _payments_and_ledger() -> Iterator[tuple[str, str]]:
    posted = set(
        LedgerEntry.objects.filter(kind="payment").values_list("key", flat=True)
    )
    settled = Payment.objects.filter(state=PaymentState.SETTLED)
    known = {f"payment:{pk}" for pk in settled.values_list("pk", flat=True)}
    told = settled.values_list("pk", "amount_cents")
    booked = _owed_less()
    for pk, cents in told:
        key = f"payment:{pk}"
        if key in posted and booked.get(key) != -cents:
            yield "M2", f"{key} is {cents} cents and the ledger says {booked.get(key)}"
    for key in sorted(known - posted):
        yield "M2", f"{key} is settled and not in the ledger"
    for key in sorted(posted - known):
        yield "M2", f"{key} is in the ledger and not settled"


def _owed_less() -> dict[str, int]:
    """What each payment's entry took off what payers owe, in cents."""
    rows = Posting.objects.filter(entry__kind="payment", account=Account.RECEIVABLE)
    return {
        row["entry__key"]: row["n"]
        for row in rows.values("entry__key").annotate(n=Sum("amount_cents"))
    }


def _documents() -> Iterator[tuple[str, str]]:
    last = {
        "invoice": Invoice.objects,
        "credit note": CreditNote.objects,
    }
    for series in Series.objects.filter(key__in=last):
        found = last[series.key].filter(series=series)
        told = found.aggregate(n=Count("pk"), highest=Max("sequence"))
        if (told["n"], told["highest"] or 0) != (series.last, series.last):
            yield (
                "M3",
                f"series {series} stands at {series.last} with {told['n']} documents",
            )
    without = Invoice.objects.exclude(
        pk__in=Posting.objects.filter(account=Account.REVENUE).values("invoice")
    )
    for number in without.values_list("number", flat=True):
        yield "M3", f"invoice {number} is not in the ledger"


def _credits() -> Iterator[tuple[str, str]]:
    notes = CreditNote.objects.exclude(total_cents=F("invoice__total_cents"))
    for number in notes.values_list("number", flat=True):
        yield "M4", f"credit note {number} differs from its invoice"


def _quotes() -> Iterator[tuple[str, str]]:
    for invoice in Invoice.objects.select_related("agreement__quote"):
        quote = invoice.agreement.quote
        if (invoice.total_cents, invoice.lines) != (quote.total_cents, quote.lines):
            yield "M5", f"invoice {invoice.number} differs from its quote"


def _bank_lines() -> Iterator[tuple[str, str]]:
    keys = set(LedgerEntry.objects.filter(kind="bank").values_list("key", flat=True))
    lines = list(BankLine.objects.all())
    for line in lines:
        if f"bank:{line.iban}:{line.bank_reference}" not in keys:
            yield "M6", f"bank line {line.pk} is not in the ledger"
    if len(keys) > len(lines):
        yield "M6", f"{len(keys) - len(lines)} bank entries have no line"
    matched = BankLine.objects.filter(state=LineState.MATCHED).exclude(
        payment__amount_cents=F("amount_cents")
    )
    for pk in matched.values_list("pk", flat=True):
        yield "M6", f"bank line {pk} and its payment differ"


def _ended() -> Iterator[tuple[str, str]]:
    ended = Agreement.objects.filter(
        ended_at__isnull=False, invoices__isnull=False, invoices__credit_note=None
    )
    for pk in ended.values_list("pk", flat=True):
        yield "M7", f"agreement {pk} has ended and its invoice stands"
