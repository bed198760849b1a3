"""What travels compressed, and what never does."""

import gzip

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from mikrokraad.core.stylesheet import current

pytestmark = pytest.mark.django_db
ASKING = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed(client: Client) -> None:
    plain = client.get(reverse("pages:about"))
    small = client.get(reverse("pages:about"), headers=ASKING)

    assert small["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(small.content)) == pytest.approx(
        len(plain.content), abs=10
    )
    assert len(small.content) < len(plain.content) / 2
    assert "Accept-Encoding" in small["Vary"]


def test_the_length_of_a_page_of_somebody_signed_in_tells_nothing(
    client: Client,
) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"

    pages = [client.get(reverse("pages:about"), headers=ASKING) for _again in range(9)]

    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert len({len(page.content) for page in pages}) > 1
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_the_stylesheet_is_compressed(client: Client) -> None:
    css, digest = current()

    sheet = client.get(
        reverse("core_machines:stylesheet", args=[digest]), headers=ASKING
    )

    assert gzip.decompress(sheet.content).decode() == css


def test_what_machines_read_stays_as_it_is(client: Client) -> None:
    answer = client.get("/healthz", headers=ASKING)

    assert not answer.has_header("Content-Encoding")
