"""Paying by card or bank link on the provider's page."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal
from mikrokraad.fees import queries
from mikrokraad.fees.actions.ledger import money_came
from mikrokraad.fees.gateways import (
    BadNotification,
    Notice,
    Order,
    ProviderDown,
    Result,
    gateway,
)
from mikrokraad.fees.models import Invoice, Payment
from mikrokraad.fees.rules import Account, Method, PaymentState
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


class NothingOwed(Refusal):
    code = "nothing-owed"


def start_card_payment(
    invoice: Invoice, *, by: Person | None, at: datetime, language: str
) -> str:
    """The address of the provider's page where this invoice can be paid.

    The provider is called outside any transaction. Refuses with NothingOwed or
    ProviderDown; until a signed notice comes, nothing is posted.
    """
    provider = gateway()
    if provider is None:
        raise ProviderDown(_("Cards cannot be used here. Pay by bank transfer."))
    payment = _open_payment(invoice, by, at)
    reference, address = provider.create(
        Order(
            reference=str(payment.pk),
            amount_cents=payment.amount_cents,
            language=language,
            return_url=settings.PUBLIC_URL
            + reverse("fees:card_return", args=[invoice.pk]),
            notification_url=settings.PUBLIC_URL
            + reverse("fees_machines:card_notification"),
        )
    )
    Payment.objects.filter(pk=payment.pk, state=PaymentState.CREATED).update(
        state=PaymentState.PENDING, provider_reference=reference
    )
    return address


@transaction.atomic
def _open_payment(invoice: Invoice, by: Person | None, at: datetime) -> Payment:
    locked = Invoice.objects.select_for_update().get(pk=invoice.pk)
    owed = queries.open_cents(locked)
    if owed <= 0:
        raise NothingOwed(_("This invoice is already paid."))
    payment = Payment.objects.create(
        invoice=locked, method=Method.CARD, amount_cents=owed, created_at=at
    )
    record("card payment started", payment, by=by, at=at, invoice=locked.number)
    return payment


def read_notification(token: str, *, at: datetime) -> Payment:
    """Take note of what the provider says; late, twice or never is one posting (M6).

    Refuses with BadNotification when the signature, the order or the amount is wrong.
    """
    provider = gateway()
    if provider is None:
        raise BadNotification(_("Cards cannot be used here. Pay by bank transfer."))
    return _note(provider.read(token), at)


@transaction.atomic
def _note(notice: Notice, at: datetime) -> Payment:
    payment = (
        Payment.objects.select_for_update(of=("self",))
        .filter(pk__in=_ids(notice.reference))
        .select_related("invoice")
        .first()
    )
    if payment is None or payment.amount_cents != notice.amount_cents:
        raise BadNotification(_("This notice fits no payment of ours."))
    if payment.state == PaymentState.SETTLED or notice.result == Result.PENDING:
        return payment
    payment.provider_reference = notice.provider_reference
    if notice.result == Result.FAILED:
        payment.state = PaymentState.FAILED
        payment.save()
        record("card payment failed", payment, by=None, at=at)
        return payment
    payment.state, payment.settled_at = PaymentState.SETTLED, at
    payment.save()
    record("paid by card", payment, by=None, at=at)
    money_came(
        payment.invoice,
        payment.amount_cents,
        Account.PROVIDER,
        key=f"payment:{payment.pk}",
        at=at,
    )
    return payment


def _ids(reference: str) -> list[UUID]:
    """The payment a reference names; none when it is no id of ours."""
    try:
        return [UUID(reference)]
    except ValueError:
        return []
