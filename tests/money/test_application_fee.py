"""An application fee comes by the bank's statement or by card, and the application is read."""

import httpx
import pytest
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import invariants as applications
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.tests.factories import fee_due, fresh
from mikrokraad.core import clock
from mikrokraad.demo.bank.statement import statement, transfer_for
from mikrokraad.demo.models import CardOrder
from mikrokraad.fees import actions, invariants
from mikrokraad.fees.models import Invoice
from mikrokraad.integrations.hosted_checkout.gateway import HostedCheckout
from mikrokraad.people.tests.browser import sign_in
from tests.money.test_card import answer, in_this_process

pytestmark = pytest.mark.django_db


def asked(application: Application) -> Invoice:
    assert application.fee_agreement is not None
    return application.fee_agreement.invoices.get()


def test_a_statement_brings_the_fee_once_however_often_it_is_read() -> None:
    application, at = fee_due(), clock.now()
    content = statement([transfer_for(asked(application), cents=25_00)], at=at)

    first = actions.import_statement(content, by=None, at=at)
    again = actions.import_statement(content, by=None, at=at)

    assert (first.count("matched"), again.count("known")) == (1, 1)
    assert fresh(application).state == State.SUBMITTED
    assert [*invariants.broken(at=at), *applications.broken(at=at)] == []


def test_too_little_leaves_the_application_waiting() -> None:
    application, at = fee_due(), clock.now()
    content = statement([transfer_for(asked(application), cents=24_00)], at=at)

    report = actions.import_statement(content, by=None, at=at)

    assert report.count("unmatched") == 1
    assert fresh(application).state == State.FEE_DUE


def test_a_card_pays_it_on_the_spot(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = HostedCheckout(httpx.MockTransport(in_this_process))
    monkeypatch.setattr("mikrokraad.fees.actions.card.gateway", lambda: provider)
    application = fee_due()
    sign_in(client, application.person)

    client.post(reverse("fees:pay_by_card", args=[asked(application).pk]))
    client.get(answer(client, CardOrder.objects.get(), "approve"))

    assert fresh(application).state == State.SUBMITTED
    assert list(invariants.broken(at=clock.now())) == []
