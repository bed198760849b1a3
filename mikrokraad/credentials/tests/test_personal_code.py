"""The document names the personal code or, without one, the birth date; nothing else does."""

import json
from datetime import date

import pytest
from django.test import Client

from conftest import NOON
from mikrokraad.credentials import documents, queries
from mikrokraad.credentials.models import Credential, Rendering
from mikrokraad.credentials.rules import Format
from mikrokraad.credentials.tests import factories
from mikrokraad.people import actions as people_actions
from mikrokraad.people.models import RegisterEntry

pytestmark = pytest.mark.django_db
CODE = "49002010965"
BORN = date(1990, 2, 1)


def issued(*, code: str = "") -> Credential:
    learner = factories.learner(birth_date=BORN, language="et")
    if code:
        people_actions.set_personal_code(learner, code, by=learner, at=NOON)
        learner.identity_confirmed_at = NOON
        learner.save()
    return factories.credential(learner)


def printed(credential: Credential) -> dict[str, str]:
    """The rows of the supplement, as the typesetter gets them."""
    look = documents.Look(
        qr_url="https://a.example/s", status_url="https://a.example/c"
    )
    facts = queries.facts_of(credential)
    return dict(documents._printed(facts, look)["rows"])  # noqa: SLF001


def test_a_personal_code_is_printed_instead_of_the_birth_date() -> None:
    rows = printed(issued(code=CODE))

    assert rows["Isikukood"] == CODE
    assert "Sünniaeg" not in rows


def test_without_a_code_the_birth_date_is_printed() -> None:
    rows = printed(issued())

    assert rows["Sünniaeg"] == "1. veebruar 1990"
    assert "Isikukood" not in rows


def test_no_badge_and_no_page_carries_the_code(client: Client) -> None:
    credential = issued(code=CODE)
    badges = Rendering.objects.exclude(format=Format.PDF)
    share = credential.shares.get(on_document=True)

    pages = [
        client.get(credential.get_absolute_url(), follow=True),
        client.get(share.get_absolute_url(), follow=True),
    ]

    assert badges.exists()
    assert all(CODE.encode() not in bytes(badge.content) for badge in badges)
    assert [page.status_code for page in pages] == [200, 200]
    assert all(CODE.encode() not in page.content for page in pages)
    told = json.dumps(list(RegisterEntry.objects.values("verb", "thing", "facts")))
    assert CODE not in told
