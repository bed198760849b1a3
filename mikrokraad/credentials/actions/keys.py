"""The institution's signing keys: made here, sealed at rest, retired but never lost."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from mikrokraad.credentials.crypto import keys, multibase
from mikrokraad.credentials.issuer import key_secret
from mikrokraad.credentials.models import IssuerKey
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@transaction.atomic
def current_key(*, at: datetime) -> IssuerKey:
    """The key to sign with now; the first one is made when it is first needed."""
    found = IssuerKey.objects.filter(retired_at=None).first()
    return found or _new_key(by=None, at=at)


@transaction.atomic
def retire_key(*, by: Person | None, at: datetime) -> IssuerKey:
    """Sign with a new key from now on. What the old one signed stays good."""
    IssuerKey.objects.select_for_update().filter(retired_at=None).update(retired_at=at)
    return _new_key(by=by, at=at)


def opened(key: IssuerKey) -> Ed25519PrivateKey:
    """The private key itself. Errors: crypto.keys.CannotOpen when SECRET_KEY has changed."""
    raw = keys.opened(bytes(key.sealed), key_secret())
    return Ed25519PrivateKey.from_private_bytes(raw)


def _new_key(*, by: Person | None, at: datetime) -> IssuerKey:
    made = keys.generate()
    key = IssuerKey.objects.create(
        multibase=multibase.multikey(made.public_key()),
        sealed=keys.sealed(made.private_bytes_raw(), key_secret()),
        created_at=at,
    )
    record("credentials.key.made", key, by=by, at=at, key=key.multibase)
    return key
