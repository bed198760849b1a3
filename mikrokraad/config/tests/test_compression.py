"""What travels compressed, and what never does."""

import gzip

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mikrokraad.core.stylesheet import current

pytestmark = pytest.mark.django_db
ASKING = {"Accept-Encoding": "gzip"}


def test_a_visitors_page_is_compressed(client: Client) -> None:
    plain = client.get(reverse("pages:about"))
    small = client.get(reverse("pages:about"), headers=ASKING)

    assert small["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(small.content)) == pytest.approx(
        len(plain.content), abs=10
    )
    assert len(small.content) < len(plain.content) / 2
    assert "Accept-Encoding" in small["Vary"]


def test_a_page_of_somebody_signed_in_keeps_its_length(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"

    page = client.get(reverse("pages:about"), headers=ASKING)

    assert not page.has_header("Content-Encoding")


def test_the_stylesheet_is_compressed_for_everybody(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    css, digest = current()

    sheet = client.get(
        reverse("core_machines:stylesheet", args=[digest]), headers=ASKING
    )

    assert gzip.decompress(sheet.content).decode() == css


def test_what_machines_read_stays_as_it_is(client: Client) -> None:
    answer = client.get("/healthz", headers=ASKING)

    assert not answer.has_header("Content-Encoding")
