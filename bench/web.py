"""Pages against a bare Django page that renders one row of one query."""

from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from bench.measure import Row, cpu_seconds, row
from mikrokraad.catalogue.models import Programme

BARE = engines["django"].from_string("<!doctype html><title>{{ slug }}</title>")
BARE_NAME = "a bare Django page with one query"


def bare(_request: HttpRequest) -> HttpResponse:
    slug = Programme.objects.values_list("slug", flat=True).first()
    return HttpResponse(BARE.render({"slug": slug}))


urlpatterns = [path("bare/", bare)]


def measure() -> list[Row]:
    client = Client()

    def get(address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)

    with override_settings(ROOT_URLCONF="bench.web"):
        bare_seconds = cpu_seconds(lambda: get("/bare/"), count=100)
    pages = {
        "programme list": "/en/programmes/",
        "programme page": "/en/programmes/data-science/",
    }
    return [
        row(
            name,
            cpu_seconds(partial(get, address), count=20),
            BARE_NAME,
            bare_seconds,
        )
        for name, address in pages.items()
    ]
