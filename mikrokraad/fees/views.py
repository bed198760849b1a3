"""Invoices: to read, to pay, to keep."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.fees import actions, queries, wording
from mikrokraad.fees.gateways import gateway
from mikrokraad.fees.models import Invoice
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
def invoices(request: PersonRequest) -> HttpResponse:
    rows = wording.rows(queries.invoices_of(request.user))
    return render(request, "fees/invoices.html", {"rows": rows})


@require_safe
@login_required
def invoice(request: PersonRequest, pk: UUID) -> HttpResponse:
    return render(request, "fees/invoice.html", _shown(_mine(request, pk)))


@require_safe
@login_required
def document(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = _mine(request, pk)
    return HttpResponse(
        wording.pdf(found),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{found.number}.pdf"'},
    )


@require_POST
@login_required
def pay_by_card(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = _mine(request, pk)
    try:
        address = actions.start_card_payment(
            found, by=request.user, at=clock.now(), language=get_language() or "et"
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("fees:invoice", pk=pk)
    return redirect(address)


@require_safe
@login_required
def card_return(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Back from the provider's page; what it says here is as good as its notice."""
    found = _mine(request, pk)
    token = request.GET.get("order-token", "")
    try:
        payment = actions.read_notification(token, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("fees:invoice", pk=pk)
    if payment.settled_at:
        messages.success(request, gettext("Thank you, the payment has arrived."))
    else:
        messages.warning(
            request, gettext("Nothing was paid. You can try again, or pay by transfer.")
        )
    return redirect("fees:invoice", pk=found.pk)


@csrf_exempt  # signed by the provider instead
@require_POST
def card_notification(request: HttpRequest) -> HttpResponse:
    try:
        token = str(json.loads(request.body or b"{}").get("orderToken", ""))
        payment = actions.read_notification(token, at=clock.now())
    except (ValueError, AttributeError):
        return JsonResponse({"code": "not-json"}, status=400)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code}, status=409)
    return JsonResponse({"state": payment.state})


def _mine(request: PersonRequest, pk: UUID) -> Invoice:
    return get_object_or_404(queries.invoices_of(request.user), pk=pk)


def _shown(found: Invoice) -> dict[str, Any]:
    owed = queries.open_cents(found)
    kind, words = wording.standing(found, owed)
    return {
        "invoice": found,
        "owed_cents": owed,
        "kind": kind,
        "standing": words,
        "facts": wording.facts(found),
        "cards": gateway() is not None,
        "why_no_vat": wording.why_no_vat(found.lines),
    }
