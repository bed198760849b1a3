"""The simulated bank: pay open invoices, take the statement to the finance desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock
from mikrokraad.core.money import euros
from mikrokraad.demo.bank.forms import Transfers
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.fees import actions
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import open_invoices

MOST = 40
TEN_EUROS = 10_00
WRONG = "1234561"  # a right check digit, and no invoice of ours
_SENT = gettext_lazy(
    "The finance desk has the statement: {matched} matched, {left} without an invoice."
)


@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/bank.html", {"form": _form(None)})


@require_POST
def bank_statement(request: HttpRequest) -> HttpResponse:
    """The statement as a file to import at the finance desk, or straight to it."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "demo/bank.html", {"form": form}, status=400)
    chosen = open_invoices().filter(pk__in=form.cleaned_data["invoices"])
    transfers = [_paid(invoice, form.cleaned_data["how"]) for invoice in chosen]
    content = statement(transfers, at=clock.now())
    if "send" in request.POST:
        report = actions.import_statement(content, by=None, at=clock.now())
        matched, left = report.count("matched"), report.count("unmatched")
        messages.success(request, _SENT.format(matched=matched, left=left))
        return redirect("demo:bank")
    return HttpResponse(
        content,
        content_type="application/xml",
        headers={"Content-Disposition": 'attachment; filename="statement.xml"'},
    )


def _form(request: HttpRequest | None) -> Transfers:
    choices = [
        (
            str(each.pk),
            f"{each.number} · {each.payer['name']} · {euros(_owed(each))}",
        )
        for each in open_invoices()[:MOST]
    ]
    return Transfers(request.POST if request else None, invoices=choices)


def _paid(invoice: Invoice, how: str) -> Transfer:
    owed = _owed(invoice)
    off = {"less": -TEN_EUROS, "more": TEN_EUROS, "half": -owed // 2}
    cents = max(1, owed + off.get(how, 0))
    if how == "lost":
        return Transfer(invoice.payer["name"], cents)
    if how == "wrong":
        return Transfer(invoice.payer["name"], cents, WRONG, f"Arve {invoice.number}")
    return transfer_for(invoice, cents=cents)


def _owed(invoice: Invoice) -> int:
    """What `open_invoices` found to be owed, in cents."""
    return int(getattr(invoice, "owed_cents"))  # noqa: B009 -- an annotation
