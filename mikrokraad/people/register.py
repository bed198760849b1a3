"""The register of who did what: one row per act, and a hash chain over the rows."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Model

from mikrokraad.people.models import Person, RegisterEntry, RegisterSeal

NEWEST = 500  # rows that a quick look for unsealed ones goes back


def named(thing: Model) -> str:
    """How the register and the outbox name a row: “admissions.Application:…”."""
    return f"{thing._meta.label}:{thing.pk}"


def record(
    verb: str, thing: Model, *, by: Person | None, at: datetime, **facts: object
) -> None:
    """Write one line in the register. `by` is None when a timer did it."""
    RegisterEntry.objects.create(
        by=by, verb=verb, thing=named(thing), at=at, facts=facts
    )


def last_changes(things: Iterable[Model]) -> dict[str, datetime]:
    """When each of these was last written of, by the name it has here. One query."""
    names = [named(thing) for thing in things]
    rows = RegisterEntry.objects.filter(thing__in=names).values_list("thing")
    return dict(rows.annotate(last=Max("at")).values_list("thing", "last"))


def chained(entry: RegisterEntry, before: str) -> str:
    """The seal of `entry`, given the seal before it: SHA-256, in hex."""
    said = [
        before,
        str(entry.pk),
        str(entry.by_id),
        entry.verb,
        entry.thing,
        entry.at.isoformat(),
        json.dumps(entry.facts, sort_keys=True, ensure_ascii=False),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


@transaction.atomic
def seal_register(*, most: int = 1000, whole: bool = True) -> int:
    """Chain the committed rows that are not sealed yet. How many were.

    Without `whole` only the newest are looked at, which costs the same however long
    the register is. A row that was written long before it was committed is then
    left for the next look at the whole.
    """
    last = RegisterSeal.objects.select_for_update().order_by("-pk").first()
    before = last.chained if last else ""
    waiting = RegisterEntry.objects.filter(seal=None).order_by("pk")
    if last and not whole:
        waiting = waiting.filter(pk__gt=last.entry_id - NEWEST)
    sealed = 0
    for entry in waiting[:most]:
        before = chained(entry, before)
        RegisterSeal.objects.create(entry=entry, chained=before)
        sealed += 1
    return sealed


def broken_seals() -> list[int]:
    """Ids of register rows whose seal no longer fits what they say."""
    broken: list[int] = []
    before = ""
    for seal in RegisterSeal.objects.select_related("entry").order_by("pk"):
        if chained(seal.entry, before) != seal.chained:
            broken.append(seal.entry_id)
        before = seal.chained
    return broken
