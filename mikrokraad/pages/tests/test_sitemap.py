"""The map of the site: every page once, and in parts when there are many."""

from http import HTTPStatus
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from mikrokraad.pages import sitemap
from mikrokraad.pages.tests.factories import many

pytestmark = pytest.mark.django_db


def addresses(client: Client, path: str) -> list[str]:
    tree = ET.fromstring(client.get(path).content)
    return [one.text or "" for one in tree.iter() if one.tag.endswith("}loc")]


def test_a_programme_says_when_it_last_changed(client: Client) -> None:
    many(1)

    text = client.get("/sitemap.xml").content.decode()

    assert text.count("<lastmod>2026-11-01</lastmod>") == len(settings.LANGUAGES)


def test_a_large_map_comes_in_parts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(5)
    whole = addresses(client, "/sitemap.xml")
    monkeypatch.setattr(sitemap, "PART", 2)

    listed = addresses(client, "/sitemap.xml")

    root = settings.PUBLIC_URL
    assert listed == [f"{root}/sitemap-{n}.xml" for n in (1, 2, 3)]
    found = [
        one for part in listed for one in addresses(client, part.removeprefix(root))
    ]
    assert sorted(found) == sorted(whole)


@pytest.mark.parametrize("number", [0, 2])
def test_a_part_that_is_not_there_is_not_found(client: Client, number: int) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == HTTPStatus.NOT_FOUND
