"""Pages against a bare Django page that renders one row of one query.

Each page twice: as a visitor gets it who is not the first, kept whole and asked only
whether it is still true; and as it is made.
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from bench.measure import Row, cpu_seconds, row
from mikrokraad.catalogue.models import Programme
from mikrokraad.catalogue.search import current
from mikrokraad.pages.shelf import SHELF

BARE = engines["django"].from_string("<!doctype html><title>{{ slug }}</title>")
BARE_NAME = "a bare Django page with one query"
PAGES = {
    "first page": "/en/",
    "programme list": "/en/programmes/",
    "search": "/en/programmes/?q=data%20analysis",
    "programme page": "/en/programmes/data-science/",
}
COMPRESSED = {"Accept-Encoding": "gzip"}
Measure = Callable[..., float]


def bare(_request: HttpRequest) -> HttpResponse:
    slug = Programme.objects.values_list("slug", flat=True).first()
    return HttpResponse(BARE.render({"slug": slug}))


urlpatterns = [path("bare/", bare)]


def get(client: Client, address: str) -> None:
    answer = client.get(address, headers=COMPRESSED)
    assert answer.status_code == HTTPStatus.OK, (address, answer.status_code)


def forget() -> None:
    """No page is kept, and no search has been asked before."""
    SHELF.clear()
    current.current().found.clear()


def make(client: Client, address: str) -> None:
    """As for the first visitor."""
    forget()
    get(client, address)


def bare_seconds(client: Client, measured: Measure = cpu_seconds) -> float:
    with override_settings(ROOT_URLCONF="bench.web"):
        return measured(partial(get, client, "/bare/"), count=100)


def queries_of(client: Client, address: str) -> int:
    make(client, address)
    forget()
    with CaptureQueriesContext(connection) as queries:
        get(client, address)
    return len(queries)


def measure() -> list[Row]:
    client = Client()
    beside = bare_seconds(client)
    rows = []
    for name, address in PAGES.items():
        kept = cpu_seconds(partial(get, client, address), count=100)
        made = cpu_seconds(partial(make, client, address), count=10)
        rows.append(row(f"{name}, kept", kept, BARE_NAME, beside))
        rows.append(row(f"{name}, made", made, BARE_NAME, beside))
    return rows
