"""Agreements and their invoices: who studies at what price, and who pays it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import PaymentRule
from mikrokraad.core.calendar import day_of
from mikrokraad.core.events import publish
from mikrokraad.core.models import PolicyVersion
from mikrokraad.core.policies import policy, set_policy
from mikrokraad.fees import queries
from mikrokraad.fees.actions.ledger import next_number, post
from mikrokraad.fees.events import PaymentRuleMet
from mikrokraad.fees.models import Agreement, CreditNote, Invoice, Quote
from mikrokraad.fees.rules import (
    Account,
    Payer,
    PayerKind,
    Price,
    Purpose,
    reference_number,
)
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Institution, Organisation, Person
from mikrokraad.people.register import record

TERMS = "fees.terms"
QUOTE_DAYS = 14
MOST_PER_YEAR = 5  # digits of a number within a year
_LETTERS = {
    Purpose.APPLICATION: "fees/letters/application_fee.md",
    Purpose.STUDIES: "fees/letters/invoice.md",
}


@transaction.atomic
def agree(
    run: Run, person: Person, *, payer: Payer, by: Person | None, at: datetime
) -> Agreement:
    """Agree on a place at today's price, and invoice what is owed. Twice is once.

    Publishes PaymentRuleMet at once when nothing has to be paid first.
    """
    live = queries.live_agreement(run, person)
    if live:
        return live
    agreement = _agreed(run, person, Purpose.STUDIES, payer, by, at)
    is_free = agreement.quote.total_cents == 0
    if is_free or run.payment_rule == PaymentRule.AT_ONCE:
        publish(PaymentRuleMet(agreement.pk, at))
    return agreement


def ask_application_fee(
    run: Run, person: Person, *, by: Person | None, at: datetime
) -> Agreement | None:
    """Invoice the applicant for having an application read; None if nothing is asked.

    Whoever has paid it for this run, or been asked, is not asked again.
    """
    live = queries.live_agreement(run, person, purpose=Purpose.APPLICATION)
    if live or queries.application_fee_of(run).is_free:
        return live
    with transaction.atomic():
        return _agreed(run, person, Purpose.APPLICATION, Payer(), by, at)


def _agreed(
    run: Run,
    person: Person,
    purpose: Purpose,
    payer: Payer,
    by: Person | None,
    at: datetime,
) -> Agreement:
    """A quote at today's price, the agreement on it, and the invoice if it costs."""
    price, terms = queries.price_of(run).part(purpose), terms_at(at)
    quote = Quote.objects.create(
        run=run,
        person=person,
        lines=price.lines,
        total_cents=price.total_cents,
        policy=terms,
        made_at=at,
        valid_until=at + timedelta(days=QUOTE_DAYS),
    )
    agreement = Agreement.objects.create(
        run=run,
        person=person,
        purpose=purpose,
        quote=quote,
        terms_version=str(terms),
        agreed_at=at,
    )
    record("agreed", agreement, by=by, at=at, total_cents=price.total_cents)
    if not price.is_free:
        invoice = _invoice(agreement, payer, price, at)
        record("invoiced", invoice, by=by, at=at, total_cents=invoice.total_cents)
    return agreement


def terms_at(at: datetime) -> PolicyVersion:
    """The fee policy in force; at first it is what the settings say."""
    try:
        return policy(TERMS, at=at)
    except PolicyVersion.DoesNotExist:
        body = {"quote_days": QUOTE_DAYS, "due_days": settings.INVOICE_DUE_DAYS}
        return set_policy(TERMS, body, valid_from=at, source="settings")


def _invoice(agreement: Agreement, payer: Payer, price: Price, at: datetime) -> Invoice:
    """The invoice of an agreement, numbered, posted and sent."""
    series, sequence = next_number("invoice", at)
    number = f"{series.year}-{sequence:0{MOST_PER_YEAR}}"
    issued_on = day_of(at)
    due_on = issued_on + timedelta(days=settings.INVOICE_DUE_DAYS)
    person = agreement.person
    invoice = Invoice.objects.create(
        agreement=agreement,
        series=series,
        sequence=sequence,
        number=number,
        reference=reference_number(int(number.replace("-", ""))),
        **_payer(payer, person),
        seller=_seller(),
        lines=price.lines,
        net_cents=price.net_cents,
        vat_cents=price.vat_cents,
        total_cents=price.total_cents,
        issued_on=issued_on,
        due_on=max(issued_on, min(due_on, agreement.run.starts_on)),
        language=person.language,
    )
    post(
        f"invoice:{invoice.pk}",
        "invoice",
        [
            (Account.RECEIVABLE, invoice.total_cents, invoice),
            (Account.REVENUE, -invoice.net_cents, invoice),
            (Account.VAT, -invoice.vat_cents, invoice),
        ],
        at=at,
    )
    write_letter(
        _LETTERS[Purpose(agreement.purpose)],
        person,
        about=invoice,
        key=f"invoice:{invoice.pk}",
        at=at,
        invoice=invoice,
        run=agreement.run,
    )
    return invoice


def _payer(payer: Payer, person: Person) -> dict[str, Any]:
    """The payer as it stands on the invoice: a snapshot, and the row it came from."""
    kind = PayerKind(payer.kind)
    if kind == PayerKind.SELF:
        return {
            "payer_kind": kind,
            "payer_person": person,
            "payer": {"name": person.name, "email": person.email},
            "purchase_order": "",
        }
    organisation, _created = Organisation.objects.get_or_create(
        registry_code=payer.registry_code,
        defaults={"name": payer.name, "email": payer.email, "address": payer.address},
    )
    return {
        "payer_kind": kind,
        "payer_organisation": organisation,
        "payer": {
            "name": payer.name or organisation.name,
            "registry_code": organisation.registry_code,
            "vat_number": organisation.vat_number,
            "email": payer.email or organisation.email,
            "address": payer.address or organisation.address,
        },
        "purchase_order": payer.purchase_order,
    }


def _seller() -> dict[str, Any]:
    institution = Institution.objects.get(pk=1)
    return {
        "name": institution.name,
        "registry_code": institution.registry_code,
        "vat_number": institution.vat_number,
        "address": institution.address,
        "email": institution.email,
        "iban": institution.iban,
    }


@transaction.atomic
def cancel_agreement(
    agreement: Agreement, *, reason: str, by: Person | None, at: datetime
) -> None:
    """End an agreement and credit its invoices. Twice is once (M7).

    What was paid already stays as the payer's credit until it is paid back.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if locked.ended_at is not None:
        return
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    record("agreement ended", locked, by=by, at=at, reason=reason)
    for invoice in locked.invoices.filter(credit_note=None).order_by("sequence"):
        _credit(invoice, reason, by, at)


@transaction.atomic
def cancel_if_unpaid(
    agreement: Agreement, *, reason: str, by: Person | None, at: datetime
) -> None:
    """End an agreement while something is owed on it; what is paid in full stays."""
    if queries.owed_on(agreement):
        cancel_agreement(agreement, reason=reason, by=by, at=at)


def _credit(invoice: Invoice, reason: str, by: Person | None, at: datetime) -> None:
    series, sequence = next_number("credit note", at)
    note = CreditNote.objects.create(
        invoice=invoice,
        series=series,
        sequence=sequence,
        number=f"K{series.year}-{sequence:0{MOST_PER_YEAR}}",
        reason=reason,
        total_cents=invoice.total_cents,
        issued_on=day_of(at),
    )
    post(
        f"credit:{invoice.pk}",
        "credit note",
        [
            (Account.RECEIVABLE, -invoice.total_cents, invoice),
            (Account.REVENUE, invoice.net_cents, invoice),
            (Account.VAT, invoice.vat_cents, invoice),
        ],
        at=at,
    )
    record("credited", note, by=by, at=at, reason=reason)
    write_letter(
        "fees/letters/credit_note.md",
        invoice.agreement.person,
        about=invoice,
        key=f"credit:{invoice.pk}",
        at=at,
        invoice=invoice,
        note=note,
    )
