"""The least that a rush could cost: a bare Django endpoint that only takes the seat.

No answers, verdict, letters, register or waiting list; who comes too late is told 409.
Its middleware is what BARE_MIDDLEWARE says: `stock` is what `startproject` gives, so
that who asks is signed in as with us; `none` believes whom the address names.
"""

import os
from datetime import timedelta
from uuid import UUID

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

STOCK = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def seat(request: HttpRequest, run: UUID, person: UUID) -> HttpResponse:
    from mikrokraad.catalogue.models import RunSection
    from mikrokraad.core import clock
    from mikrokraad.seats.models import LIVE, Bundle, CapacityUnit, SeatClaim

    if hasattr(request, "user") and request.user.pk != person:
        return HttpResponse(status=403)
    at = clock.now()
    with transaction.atomic():
        required = RunSection.objects.filter(run=run, required=True)
        units = list(
            CapacityUnit.objects.filter(
                Q(run=run) | Q(section__in=required.values("section"))
            )
            .select_for_update()
            .order_by("pk")
        )
        live = SeatClaim.objects.filter(LIVE, unit__in=units).values("unit")
        taken = dict(live.annotate(n=Count("pk")).values_list("unit", "n"))
        if any(taken.get(unit.pk, 0) >= unit.size for unit in units):
            return HttpResponse(status=409)
        bundle = Bundle.objects.create(run_id=run, person_id=person, at=at)
        SeatClaim.objects.bulk_create(
            SeatClaim(
                unit=unit,
                bundle=bundle,
                person_id=person,
                state="held",
                held_until=at + timedelta(days=7),
                at=at,
            )
            for unit in units
        )
    return HttpResponse("taken")


urlpatterns = [path("seat/<uuid:run>/<uuid:person>/", seat)]


def _served() -> WSGIHandler:
    django.setup()
    settings.ROOT_URLCONF = "bench.bare"
    stock = os.environ["BARE_MIDDLEWARE"] == "stock"
    settings.MIDDLEWARE = STOCK if stock else []
    return WSGIHandler()


if "BARE_MIDDLEWARE" in os.environ:
    application = _served()
