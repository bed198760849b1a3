"""Bank statements: read in once, matched by reference, the rest left to a person."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal
from mikrokraad.core.money import euros
from mikrokraad.fees import camt, queries
from mikrokraad.fees.actions.ledger import money_came, post
from mikrokraad.fees.models import BankLine, BankStatement, Invoice, Payment
from mikrokraad.fees.rules import (
    Account,
    LineState,
    Method,
    PaymentState,
    plain_reference,
)
from mikrokraad.people.models import Institution, Person
from mikrokraad.people.register import record


class WrongAccount(Refusal):
    code = "wrong-account"


class AlreadyMatched(Refusal):
    code = "already-matched"


@dataclass(frozen=True)
class ReportLine:
    """What became of one credit. `state`: matched, unmatched, or known from before."""

    entry: camt.Entry
    state: str
    invoice_number: str = ""
    note: str = ""


@dataclass(frozen=True)
class Report:
    statement_id: str
    lines: list[ReportLine]
    dry_run: bool

    def count(self, state: str) -> int:
        return sum(line.state == state for line in self.lines)


KNOWN = "known"


@transaction.atomic
def import_statement(
    content: bytes, *, by: Person | None, at: datetime, dry_run: bool = False
) -> Report:
    """Read in a camt.053 file: all of it or nothing; what was read before changes nothing.

    Refuses with camt.BadStatement, or WrongAccount when it is of another account.
    """
    statement = camt.read(content)
    ours = Institution.objects.get(pk=1).iban.replace(" ", "")
    if statement.iban != ours:
        raise WrongAccount(
            _("This is the statement of {other}; our account is {ours}.").format(
                other=statement.iban, ours=ours
            )
        )
    kept, created = BankStatement.objects.get_or_create(
        sha256=sha256(content).hexdigest(),
        defaults={
            "statement_id": statement.id[:80],
            "iban": statement.iban,
            "imported_at": at,
            "imported_by": by,
        },
    )
    lines = [_take_in(kept, entry, by, at) for entry in statement.entries]
    if created:
        record("statement imported", kept, by=by, at=at, lines=len(lines))
    transaction.set_rollback(dry_run)
    return Report(statement.id, lines, dry_run)


def _take_in(
    statement: BankStatement, entry: camt.Entry, by: Person | None, at: datetime
) -> ReportLine:
    line, created = BankLine.objects.get_or_create(
        iban=statement.iban,
        bank_reference=entry.bank_reference,
        defaults={
            "statement": statement,
            "booked_on": entry.booked_on,
            "amount_cents": entry.amount_cents,
            "reference": entry.reference[:40],
            "debtor": entry.debtor,
            "text": entry.text,
            "state": LineState.UNMATCHED,
        },
    )
    if not created:
        return ReportLine(entry, KNOWN)
    post(
        f"bank:{line.iban}:{line.bank_reference}",
        "bank",
        [
            (Account.BANK, line.amount_cents, None),
            (Account.UNALLOCATED, -line.amount_cents, None),
        ],
        at=at,
    )
    invoice, note = _fitting(line)
    if invoice is None:
        line.note = note
        line.save(update_fields=["note"])
        return ReportLine(entry, LineState.UNMATCHED.value, note=note)
    _match(line, invoice, by, at)
    return ReportLine(entry, LineState.MATCHED.value, invoice.number)


def _fitting(line: BankLine) -> tuple[Invoice | None, str]:
    """The invoice a line pays exactly; or why there is none."""
    reference = plain_reference(line.reference)
    invoice = Invoice.objects.filter(reference=reference).first() if reference else None
    if invoice is None:
        return None, _("No invoice has this reference number.")
    owed = queries.open_cents(invoice)
    if owed == line.amount_cents:
        return invoice, ""
    return None, _("{amount} came; {owed} is owed on invoice {number}.").format(
        amount=euros(line.amount_cents), owed=euros(owed), number=invoice.number
    )


@transaction.atomic
def match_line(
    line: BankLine, invoice: Invoice, *, by: Person, at: datetime
) -> Payment:
    """Say by hand which invoice a line pays. Refuses with AlreadyMatched."""
    locked = BankLine.objects.select_for_update().get(pk=line.pk)
    if locked.state != LineState.UNMATCHED:
        raise AlreadyMatched(_("This payment has already found its invoice."))
    payment = _match(locked, invoice, by, at)
    record("matched by hand", payment, by=by, at=at, invoice=invoice.number)
    return payment


def _match(
    line: BankLine, invoice: Invoice, by: Person | None, at: datetime
) -> Payment:
    payment = Payment.objects.create(
        invoice=invoice,
        method=Method.TRANSFER,
        state=PaymentState.SETTLED,
        amount_cents=line.amount_cents,
        created_at=at,
        settled_at=at,
    )
    line.state, line.payment, line.note = LineState.MATCHED, payment, ""
    line.save(update_fields=["state", "payment", "note"])
    record("paid by transfer", payment, by=by, at=at, invoice=invoice.number)
    money_came(
        invoice,
        line.amount_cents,
        Account.UNALLOCATED,
        key=f"payment:{payment.pk}",
        at=at,
    )
    return payment
