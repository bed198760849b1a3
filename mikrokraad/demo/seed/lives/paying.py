"""Paying an invoice: by transfer, which the bank tells of later, or by card, at once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx

from mikrokraad.admissions.models import Application
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.demo.card import orders
from mikrokraad.demo.models import CardOrder
from mikrokraad.demo.seed.lives.diary import Life
from mikrokraad.demo.seed.lives.plans import Pay, Plan
from mikrokraad.demo.seed.lives.town import Town
from mikrokraad.fees import actions
from mikrokraad.fees.gateways import gateway
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import open_cents
from mikrokraad.integrations.hosted_checkout.gateway import HostedCheckout
from mikrokraad.people.models import Person

TEN_EUROS = 10_00


def paying(town: Town, application: Application, plan: Plan) -> Life:
    """Pay what was agreed, unless the place has gone meanwhile."""
    agreement = application.agreement
    invoice = agreement.invoices.first() if agreement else None
    if invoice is None or plan.pay == Pay.NEVER:
        return
    yield town.home(plan.pay_days)
    application.refresh_from_db()
    if application.bundle_id is None or open_cents(invoice) <= 0:
        return
    if plan.pay == Pay.CARD:
        pay_by_card(invoice, by=application.person, at=town.at)
    else:
        town.transfers.append(_transfer(invoice, plan.pay))


def paying_to_be_read(town: Town, application: Application) -> Life:
    """Pay the application fee by card, soon after the application is sent."""
    yield town.home()
    fee = application.fee_agreement
    assert fee is not None  # it is what this application waits for
    pay_by_card(fee.invoices.get(), by=application.person, at=town.at)


def _transfer(invoice: Invoice, how: Pay) -> Transfer:
    owed = open_cents(invoice)
    if how == Pay.TOO_LITTLE:
        return transfer_for(invoice, cents=owed - TEN_EUROS)
    if how == Pay.WITHOUT_REFERENCE:
        return Transfer(invoice.payer["name"], owed, text="Õppemaks")
    return transfer_for(invoice, cents=owed)


def banking(town: Town) -> Life:
    """Every working day the finance officer reads in the statement of the bank."""
    while True:
        yield town.office(1)
        if town.transfers:
            content = statement(town.transfers, at=town.at)
            town.transfers.clear()
            by = town.staff("virve.munt")
            actions.import_statement(content, by=by, at=town.at)


def pay_by_card(invoice: Invoice, *, by: Person, at: datetime) -> None:
    """The whole way by the provider, which is asked here without a network."""
    with _provider_at_hand(at) as taken:
        actions.start_card_payment(invoice, by=by, at=at, language=by.language)
    for order in taken:
        order.status = "PAID"
        order.save(update_fields=["status"])
        actions.read_notification(orders.notice(order, at=at), at=at)


@contextmanager
def _provider_at_hand(at: datetime) -> Iterator[list[CardOrder]]:
    """Let the shop's orders go straight to the simulator; which ones it took."""
    taken: list[CardOrder] = []

    def answer(request: httpx.Request) -> httpx.Response:
        order = orders.order_from(json.loads(request.content)["data"], at=at)
        taken.append(order)
        told = {"uuid": order.pk, "paymentUrl": f"/demo/card/{order.pk}/"}
        return httpx.Response(201, json=told)

    provider = gateway()
    assert isinstance(provider, HostedCheckout)  # the demonstration's provider
    provider.transport, usual = httpx.MockTransport(answer), provider.transport
    try:
        yield taken
    finally:
        provider.transport = usual
