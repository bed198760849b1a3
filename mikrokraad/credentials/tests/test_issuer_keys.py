"""The issuer's keys: sealed at rest, retired but never lost."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from mikrokraad.credentials import actions, queries, verification
from mikrokraad.credentials.actions import keys as key_actions
from mikrokraad.credentials.crypto import keys, multibase
from mikrokraad.credentials.models import IssuerKey
from mikrokraad.credentials.rules import Format
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED

pytestmark = pytest.mark.django_db


def test_the_first_key_is_made_when_it_is_needed() -> None:
    assert actions.current_key(at=ISSUED) == actions.current_key(at=ISSUED)
    assert IssuerKey.objects.count() == 1


def test_the_private_part_is_not_readable_in_the_database() -> None:
    key = actions.current_key(at=ISSUED)

    private = key_actions.opened(key)

    assert multibase.multikey(private.public_key()) == key.multibase
    assert private.private_bytes_raw() not in bytes(key.sealed)
    with (
        override_settings(SECRET_KEY="another secret, long enough to be one"),
        pytest.raises(keys.CannotOpen),
    ):
        key_actions.opened(key)


def test_what_a_retired_key_signed_stays_good() -> None:
    issued = factories.credential()
    badge = bytes(queries.rendering_of(issued, Format.OPEN_BADGE).content)

    new = actions.retire_key(by=None, at=ISSUED + timedelta(days=1))

    answer = verification.examine(
        badge, verification.from_here(), at=ISSUED + timedelta(days=2)
    )
    assert answer.outcome == "valid"
    listed = queries.did_document()["verificationMethod"]
    assert listed[0]["publicKeyMultibase"] == new.multibase
    assert len(listed) == 2
    assert isinstance(key_actions.opened(new), Ed25519PrivateKey)
