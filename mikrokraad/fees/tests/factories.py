"""Agreements and invoices, for tests."""

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import PriceKind, VatReason
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.fees import actions
from mikrokraad.fees.actions.ledger import money_came
from mikrokraad.fees.models import Agreement, Invoice, Payment
from mikrokraad.fees.queries import open_cents
from mikrokraad.fees.rules import Account, Method, Payer, PaymentState
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people


def with_application_fee(run: Run) -> Run:
    """The run asks 25 € before an application is read."""
    run.price_lines.create(
        position=9,
        kind=PriceKind.APPLICATION_FEE,
        text=catalogue.both("Application fee"),
        net_cents=25_00,
        vat_reason=VatReason.DEGREE_STUDY,
    )
    return run


def pay(invoice: Invoice) -> Payment:
    """All that is owed comes by transfer."""
    at, cents = clock.now(), open_cents(invoice)
    payment = Payment.objects.create(
        invoice=invoice,
        method=Method.TRANSFER,
        state=PaymentState.SETTLED,
        amount_cents=cents,
        created_at=at,
        settled_at=at,
    )
    money_came(invoice, cents, Account.BANK, key=f"payment:{payment.pk}", at=at)
    return payment


def agreement(
    run: Run | None = None, person: Person | None = None, *, payer: Payer | None = None
) -> Agreement:
    people.institution()
    return actions.agree(
        run or catalogue.run(),
        person or people.person(),
        payer=payer or Payer(),
        by=None,
        at=clock.now(),
    )


def invoice(
    run: Run | None = None, person: Person | None = None, *, payer: Payer | None = None
) -> Invoice:
    """An invoice of 2400 € that nobody has paid."""
    return agreement(run, person, payer=payer).invoices.get()
