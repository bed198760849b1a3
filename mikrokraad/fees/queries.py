"""Prices, invoices, and what is still owed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mikrokraad.catalogue.models import PriceLine, Run
from mikrokraad.core.money import tax_on
from mikrokraad.fees.models import (
    Agreement,
    BankLine,
    Invoice,
    LedgerEntry,
    Posting,
)
from mikrokraad.fees.rules import (
    Account,
    LineState,
    PayerKind,
    Price,
    Purpose,
    plain_reference,
)
from mikrokraad.people.models import Person


def price_of(run: Run) -> Price:
    """What a place on this run costs today, line by line, the application fee too."""
    return Price([_snapshot(line) for line in run.price_lines.order_by("position")])


def study_price_of(run: Run) -> Price:
    """What studying costs today."""
    return price_of(run).part(Purpose.STUDIES)


def application_fee_of(run: Run) -> Price:
    """What is asked before an application is read; mostly nothing."""
    return price_of(run).part(Purpose.APPLICATION)


def prices_of(runs: Iterable[Run]) -> dict[UUID, Price]:
    """Prices of many runs in one query."""
    found: dict[UUID, list[PriceLine]] = {run.pk: [] for run in runs}
    for line in PriceLine.objects.filter(run__in=found).order_by("run", "position"):
        found[line.run_id].append(line)
    return {
        pk: Price([_snapshot(line) for line in lines]) for pk, lines in found.items()
    }


def _snapshot(line: PriceLine) -> dict[str, object]:
    return {
        "kind": line.kind,
        "text": line.text,
        "net_cents": line.net_cents,
        "vat_percent": f"{line.vat_percent.normalize():f}" if line.vat_percent else "0",
        "vat_cents": tax_on(line.net_cents, line.vat_percent)
        if line.vat_percent
        else 0,
        "vat_reason": line.vat_reason,
    }


def with_open(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Annotate `open_cents`: what is still owed; below zero it is the payer's credit."""
    owed = Sum("postings__amount_cents", filter=Q(postings__account=Account.RECEIVABLE))
    return invoices.annotate(owed_cents=Coalesce(owed, 0)).select_related(
        "agreement__run__version", "agreement__person", "credit_note"
    )


def open_cents(invoice: Invoice) -> int:
    """What is still owed on an invoice, in cents; below zero it is the payer's credit."""
    postings = Posting.objects.filter(invoice=invoice, account=Account.RECEIVABLE)
    return int(postings.aggregate(n=Coalesce(Sum("amount_cents"), 0))["n"])


def paid_on(invoice: Invoice) -> date | None:
    """The day on which the last of the money came; None while something is owed."""
    if open_cents(invoice) > 0:
        return None
    last = LedgerEntry.objects.filter(kind="payment", postings__invoice=invoice)
    return last.order_by("-at").values_list("booked_on", flat=True).first()


def invoices_of(person: Person) -> QuerySet[Invoice]:
    """Invoices to this person, about this person, or to an organisation of theirs."""
    return with_open(
        Invoice.objects.filter(
            Q(payer_person=person)
            | Q(agreement__person=person)
            | Q(payer_organisation__in=person.organisations.all())
        )
    ).order_by("-issued_on", "-number")


def paid_by_employers_of(person: Person) -> QuerySet[Invoice]:
    """Invoices for others' studies to organisations that this person speaks for."""
    return (
        Invoice.objects.filter(
            payer_kind=PayerKind.EMPLOYER,
            payer_organisation__in=person.organisations.all(),
            credit_note=None,
        )
        .select_related("agreement__person", "agreement__run__version")
        .order_by("-issued_on", "-number")
    )


def all_invoices(*, words: str = "") -> QuerySet[Invoice]:
    """Every invoice, newest first; only those that `words` fit, if there are any."""
    found = with_open(Invoice.objects.all()).order_by("-issued_on", "-number")
    if not words:
        return found
    return found.filter(
        Q(number__icontains=words)
        | Q(reference=plain_reference(words))
        | Q(payer__name__icontains=words)
        | Q(agreement__person__family_name__icontains=words)
        | Q(agreement__person__email__icontains=words)
    )


def to_pay_back() -> QuerySet[Invoice]:
    """Invoices on which the payer has credit: credited or overpaid, not paid back."""
    return with_open(Invoice.objects.all()).filter(Q(owed_cents__lt=0))


def to_pay_back_on(agreements: Iterable[Agreement]) -> int:
    """How much of what was paid on these agreements is the payer's again, in cents."""
    found = to_pay_back().filter(agreement__in=[each.pk for each in agreements])
    return -sum(open_cents(each) for each in found)


def open_invoices() -> QuerySet[Invoice]:
    return all_invoices().filter(Q(owed_cents__gt=0))


def overdue_invoices(on: date) -> QuerySet[Invoice]:
    return open_invoices().filter(due_on__lt=on)


def unmatched_lines() -> QuerySet[BankLine]:
    return (
        BankLine.objects.filter(state=LineState.UNMATCHED)
        .select_related("statement")
        .order_by("booked_on", "pk")
    )


def with_suggestions(
    lines: Iterable[BankLine],
) -> list[tuple[BankLine, Invoice | None]]:
    """Each line with the open invoice it most likely pays.

    By its reference number, else by an amount that only one open invoice has. Two queries.
    """
    found = list(lines)
    references = {plain_reference(line.reference) for line in found} - {""}
    named = {i.reference: i for i in open_invoices().filter(reference__in=references)}
    amounts = {line.amount_cents for line in found}
    fitting: dict[int, list[Invoice]] = {}
    for each in open_invoices().filter(Q(owed_cents__in=amounts)):
        fitting.setdefault(each.owed_cents, []).append(each)  # type: ignore[attr-defined]  # an annotation
    return [
        (
            line,
            named.get(plain_reference(line.reference))
            or _only(fitting.get(line.amount_cents, [])),
        )
        for line in found
    ]


def _only(found: list[Invoice]) -> Invoice | None:
    return found[0] if len(found) == 1 else None


def live_agreement(
    run: Run, person: Person, *, purpose: Purpose = Purpose.STUDIES
) -> Agreement | None:
    return Agreement.objects.filter(
        run=run, person=person, purpose=purpose, ended_at=None
    ).first()


def owed_on(agreement: Agreement) -> int:
    """What is still owed on an agreement's invoices, in cents; credit counts as none."""
    return sum(max(0, open_cents(each)) for each in agreement.invoices.all())


def trial_balance() -> dict[str, int]:
    """The sum of each account, in cents; all of them together are nothing."""
    rows = Posting.objects.values(name=F("account")).annotate(n=Sum("amount_cents"))
    return {row["name"]: row["n"] for row in rows.order_by("name")}


def bank_lines() -> QuerySet[BankLine]:
    return BankLine.objects.select_related("statement")


def postings_of(invoice: Invoice) -> QuerySet[Posting]:
    """The invoice's legs in the ledger, in the order they were written."""
    return invoice.postings.select_related("entry").order_by("entry__at", "pk")
