"""Status lists: a random bit for each credential, and the signed list with all bits."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from mikrokraad.credentials.actions import keys
from mikrokraad.credentials.crypto import did, integrity, statuslist
from mikrokraad.credentials.issuer import issuer_did, list_url
from mikrokraad.credentials.models import Credential, StatusEntry, StatusList

FULLEST = statuslist.SMALLEST_BITS // 2  # then a random place is still found at once
FRESH = timedelta(days=1)


def give_place(credential: Credential) -> StatusEntry:
    """A random place in the newest list that has room."""
    newest = StatusList.objects.select_for_update().order_by("-pk").first()
    if newest is None or newest.entries.count() >= FULLEST:
        newest = StatusList.objects.create()
    used = set(newest.entries.values_list("index", flat=True))
    return StatusEntry.objects.create(
        list=newest, index=statuslist.free_position(used), credential=credential
    )


def set_bit(credential: Credential, *, at: datetime) -> None:
    """Mark the credential as no longer in force, and publish the list anew."""
    entry = StatusEntry.objects.select_related("list").get(credential=credential)
    entry.set_at = at
    entry.save(update_fields=["set_at"])
    _publish(entry.list, at=at)


@transaction.atomic
def published_list(which: StatusList, *, at: datetime) -> bytes:
    """The signed list, as it is served; signed again when it is a day old."""
    if which.published_at is None or at - which.published_at > FRESH:
        which = StatusList.objects.select_for_update().get(pk=which.pk)
        _publish(which, at=at)
    return bytes(which.published)


def _publish(which: StatusList, *, at: datetime) -> None:
    set_bits = which.entries.filter(set_at__isnull=False)
    document = statuslist.list_credential(
        statuslist.encoded(set_bits.values_list("index", flat=True)),
        list_url=list_url(which.pk),
        issuer_did=issuer_did(),
        valid_from=at,
    )
    private = keys.opened(keys.current_key(at=at))
    signed = integrity.with_proof(
        document,
        key=private,
        verification_method=did.verification_method(issuer_did(), private.public_key()),
        created=at,
    )
    which.published = json.dumps(signed, ensure_ascii=False).encode()
    which.published_at = at
    which.save(update_fields=["published", "published_at"])
