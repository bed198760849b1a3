"""The simulated bank: pay open invoices, take the statement to the finance desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock
from mikrokraad.core.money import euros
from mikrokraad.demo.bank.forms import Transfers
from mikrokraad.demo.bank.statement import Transfer, statement, transfer_for
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.queries import open_invoices

MOST = 40
TEN_EUROS = 10_00


@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/bank.html", {"form": _form(None)})


@require_POST
def bank_statement(request: HttpRequest) -> HttpResponse:
    """The statement as a file, to be imported at the finance desk."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "demo/bank.html", {"form": form}, status=400)
    chosen = open_invoices().filter(pk__in=form.cleaned_data["invoices"])
    transfers = [_paid(invoice, form.cleaned_data["how"]) for invoice in chosen]
    return HttpResponse(
        statement(transfers, at=clock.now()),
        content_type="application/xml",
        headers={"Content-Disposition": 'attachment; filename="statement.xml"'},
    )


def _form(request: HttpRequest | None) -> Transfers:
    choices = [
        (
            str(each.pk),
            f"{each.number} · {each.payer['name']} · {euros(each.total_cents)}",
        )
        for each in open_invoices()[:MOST]
    ]
    return Transfers(request.POST if request else None, invoices=choices)


def _paid(invoice: Invoice, how: str) -> Transfer:
    cents = invoice.total_cents + {"less": -TEN_EUROS, "more": TEN_EUROS}.get(how, 0)
    if how == "lost":
        return Transfer(invoice.payer["name"], cents)
    return transfer_for(invoice, cents=cents)
