"""Money that comes while the process dies is posted wholly or not at all, and never twice.

The step runs in a process of its own that is killed (SIGKILL) before each of its statements.
"""

import json
from functools import partial

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.admissions.tests.killing import broken, dies_everywhere, rows
from mikrokraad.core import clock
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.demo.models import CardOrder
from mikrokraad.fees import actions
from mikrokraad.fees.models import BankLine, Invoice, LedgerEntry
from mikrokraad.fees.queries import open_cents
from mikrokraad.integrations.hosted_checkout.gateway import HostedCheckout
from tests.money.test_card import answer, in_this_process, token_in

pytestmark = pytest.mark.django_db(transaction=True)


def invoice_of(application: Application) -> Invoice:
    agreement = application.agreement or application.fee_agreement
    assert agreement is not None
    return agreement.invoices.get()


def all_of(application: Application) -> Transfer:
    invoice = invoice_of(application)
    return transfer_for(invoice, cents=invoice.total_cents)


def test_importing_a_statement_is_all_or_nothing_and_again_is_nothing_more() -> None:
    admitted, waiting, at = made.admitted(), made.fee_due(), clock.now()
    unknown = Transfer("Rita Varav", 12_00, text="?")
    content = statement([all_of(admitted), all_of(waiting), unknown], at=at)
    read_in = partial(actions.import_statement, content, by=None, at=at)

    assert dies_everywhere(read_in) > 40

    assert made.fresh(admitted).state == State.ENROLLED
    assert made.fresh(waiting).state == State.SUBMITTED
    assert BankLine.objects.count() == 3
    assert LedgerEntry.objects.filter(kind="payment").count() == 2
    done = rows()
    assert read_in().count("known") == 3
    assert rows() == done
    assert broken() == []


def test_matching_a_line_by_hand_is_all_or_nothing() -> None:
    admitted, at, officer = made.admitted(), clock.now(), made.officer()
    invoice = invoice_of(admitted)
    stray = Transfer("Liis", invoice.total_cents, text="fee")
    actions.import_statement(statement([stray], at=at), by=None, at=at)
    match = partial(
        actions.match_line, BankLine.objects.get(), invoice, by=officer, at=at
    )

    assert dies_everywhere(match) > 15

    assert made.fresh(admitted).state == State.ENROLLED
    assert open_cents(invoice) == 0


@pytest.mark.parametrize(
    ("make", "after"),
    [(made.admitted, State.ENROLLED), (made.fee_due, State.SUBMITTED)],
)
def test_a_payment_notice_is_posted_wholly_or_not_at_all(
    client: Client, monkeypatch: pytest.MonkeyPatch, make: object, after: State
) -> None:
    provider = HostedCheckout(httpx.MockTransport(in_this_process))
    monkeypatch.setattr("mikrokraad.fees.actions.card.gateway", lambda: provider)
    application: Application = make()  # type: ignore[operator]
    invoice, at = invoice_of(application), clock.now()
    actions.start_card_payment(invoice, by=None, at=at, language="en")
    token = token_in(answer(client, CardOrder.objects.get(), "approve"))

    def notice() -> None:
        said = Client().post(
            reverse("fees_machines:card_notification"),
            json.dumps({"orderToken": token}),
            content_type="application/json",
        )
        assert said.json() == {"state": "settled"}

    assert dies_everywhere(notice) > 10

    assert made.fresh(application).state == after
    assert open_cents(invoice) == 0
    done = rows()
    notice()
    assert rows() == done
    assert broken() == []
