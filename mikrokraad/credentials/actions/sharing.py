"""Links that show a credential with its holder's name: made, and taken back, by the holder."""

from collections.abc import Collection
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from mikrokraad.credentials import rules
from mikrokraad.credentials.models import Credential, Share
from mikrokraad.credentials.rules import SharedField
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

DOUBLE_CLICK = timedelta(seconds=10)


@transaction.atomic
def share(
    credential: Credential,
    *,
    fields: Collection[SharedField],
    until: datetime | None = None,
    by: Person,
    at: datetime,
) -> Share:
    """A link that shows the name, the status and the chosen fields, before `until`.

    Pressed twice in a row, it is one link. Refuses with `NotInForce` or
    `ShareEndsTooEarly`.
    """
    locked = Credential.objects.select_for_update().get(pk=credential.pk)
    rules.require_in_force(locked)
    rules.require_future(until, at=at)
    shown = [str(each) for each in SharedField if each in fields]
    just_made = locked.shares.filter(
        on_document=False,
        fields=shown,
        until=until,
        taken_back_at=None,
        made_at__gt=at - DOUBLE_CLICK,
    ).first()
    if just_made:
        return just_made
    made = Share.objects.create(
        credential=locked,
        token=token_urlsafe(32),
        fields=shown,
        made_at=at,
        until=until,
    )
    record("credentials.share.made", made, by=by, at=at, fields=made.fields)
    return made


@transaction.atomic
def take_back(share: Share, *, by: Person, at: datetime) -> Share:
    """The link shows nothing any more. Taking it back twice is taking it back once."""
    locked = Share.objects.select_for_update().get(pk=share.pk)
    if locked.taken_back_at is None:
        locked.taken_back_at = at
        locked.save(update_fields=["taken_back_at"])
        record("credentials.share.taken_back", locked, by=by, at=at)
    return locked
