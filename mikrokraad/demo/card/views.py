"""The simulated provider: takes orders from the shop, and asks the payer."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock
from mikrokraad.demo.card import orders

STATUSES = {"approve": "PAID", "decline": "VOIDED", "leave": "ABANDONED"}
MOST = 50


@csrf_exempt  # signed by the shop instead
@require_POST
def take_card_order(request: HttpRequest) -> HttpResponse:
    """The provider's API: an order as a signed token; answers with the page to go to."""
    try:
        token = str(json.loads(request.body)["data"])
        order = orders.order_from(token, at=clock.now())
    except (ValueError, KeyError, TypeError) as error:
        return JsonResponse({"message": str(error)}, status=400)
    with override(order.language if order.language in ("et", "en") else "et"):
        page = reverse("demo:card_order", args=[order.pk])
    return JsonResponse(
        {
            "uuid": order.pk,
            "merchantReference": order.merchant_reference,
            "paymentStatus": order.status,
            "paymentUrl": request.build_absolute_uri(page),
        },
        status=201,
    )


@require_safe
def card_orders(request: HttpRequest) -> HttpResponse:
    shown = [(order, *orders.WORDS[order.status]) for order in orders.orders()[:MOST]]
    return render(request, "demo/card_orders.html", {"orders": shown})


@require_safe
def card_order(request: HttpRequest, pk: str) -> HttpResponse:
    order = get_object_or_404(orders.orders(), pk=pk)
    return render(request, "demo/card_order.html", {"order": order})


@require_POST
def finish_card_order(request: HttpRequest, pk: str) -> HttpResponse:
    order = get_object_or_404(orders.orders(), pk=pk)
    status = STATUSES.get(request.POST.get("answer", ""))
    if status is None:
        raise Http404
    return redirect(orders.finish(order, status, at=clock.now()))
