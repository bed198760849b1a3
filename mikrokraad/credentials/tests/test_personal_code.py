"""The document names the personal code or, without one, the birth date; nothing else does."""

import json
from datetime import date
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import NOON
from mikrokraad.credentials import (
    actions,
    documents,
    exporting,
    invariants,
    queries,
)
from mikrokraad.credentials.models import Credential, Rendering
from mikrokraad.credentials.rules import Format, ReissueReason
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.test_invariants import without_guards
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
        qr_url="https://a.example/s",
        status_url="https://a.example/c",
        personal_code=queries.personal_code_on(credential),
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


def test_the_record_keeps_the_code_sealed_and_its_facts_only_the_hash_of_the_seal() -> (
    None
):
    credential = issued(code=CODE)
    credential.refresh_from_db()
    sealed = bytes(credential.sealed_code or b"")

    assert CODE not in credential.facts
    assert CODE.encode() not in sealed
    assert queries.personal_code_on(credential) == CODE
    told = queries.facts_of(credential)["learner"]["sealed_code_sha256"]
    assert told == sha256(sealed).hexdigest()
    assert list(invariants.broken(at=factories.ISSUED)) == []


def test_the_learners_copy_of_their_data_names_the_code() -> None:
    credential = issued(code=CODE)

    (told,) = exporting.about(credential.person)["certificates"]

    assert told["personal_code"] == CODE


def test_the_same_code_is_sealed_differently_every_time() -> None:
    old = issued(code=CODE)
    new = actions.reissue(old, ReissueReason.CORRECTION, by=None, at=factories.ISSUED)

    assert bytes(old.sealed_code or b"") != bytes(new.sealed_code or b"")
    assert queries.personal_code_on(new) == CODE


@pytest.mark.parametrize("other", [None, b"another seal"])
def test_the_database_refuses_another_sealed_code(other: bytes | None) -> None:
    credential = issued(code=CODE)

    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(sealed_code=other)


@pytest.mark.parametrize("other", [None, b"another seal"])
def test_a_sealed_code_that_was_changed_all_the_same_is_named(
    other: bytes | None,
) -> None:
    credential = issued(code=CODE)
    without_guards()

    Credential.objects.filter(pk=credential.pk).update(sealed_code=other)

    assert ("K1", f"The facts of {credential.number} have changed.") in list(
        invariants.broken(at=factories.ISSUED)
    )
