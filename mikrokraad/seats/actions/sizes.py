"""How many places a run or a section has, and for whom they are kept or limited."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.events import RunPublished
from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.events import publish
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import queries
from mikrokraad.seats.actions.locks import runs_of
from mikrokraad.seats.events import SeatsFreed
from mikrokraad.seats.models import LIVE, CapacityUnit, Pool, SeatClaim
from mikrokraad.seats.rules import PoolKey, PoolsDoNotFit, ReasonNeeded


@transaction.atomic
def open_capacity(
    thing: Run | CourseSection,
    size: int,
    *,
    reason: str = "",
    by: Person | None,
    at: datetime,
) -> CapacityUnit:
    """Say how many places a run or a section has; called again, it changes the number.

    A larger number frees places. Refuses with ReasonNeeded a smaller one than is
    taken, unless it says why: then it shows as overbooked, and nobody loses a place.
    """
    which: dict[str, Run | CourseSection] = (
        {"run": thing} if isinstance(thing, Run) else {"section": thing}
    )
    unit, created = CapacityUnit.objects.select_for_update().get_or_create(
        **which, defaults={"size": size}
    )
    before = None if created else unit.size
    if before == size and not reason:
        return unit
    unit.size, unit.overbooking_reason = size, _why_overbooked(unit, size, reason)
    unit.save(update_fields=["size", "overbooking_reason"])
    record(
        "places set",
        unit,
        by=by,
        at=at,
        size=size,
        before=before,
        **_told(unit, reason),
    )
    if before is not None and size > before:
        publish(SeatsFreed(runs_of([unit]), at))
    return unit


def _told(unit: CapacityUnit, reason: str) -> dict[str, str]:
    told = reason or unit.overbooking_reason
    return {"reason": told} if told else {}


def _why_overbooked(unit: CapacityUnit, size: int, reason: str) -> str:
    """Nothing while everybody fits in. Refuses with ReasonNeeded."""
    taken = queries.taken_of([unit.pk]).get(unit.pk, 0)
    if taken <= size:
        return ""
    if reason or (size >= unit.size and unit.overbooking_reason):
        return reason or unit.overbooking_reason
    raise ReasonNeeded(
        ngettext(
            "{taken} place is taken. Nobody loses it; to have fewer all the same, say why.",
            "{taken} places are taken. Nobody loses one; to have fewer all the same, say why.",
            taken,
        ).format(taken=taken)
    )


def open_places_of_run(event: RunPublished) -> None:
    """A planned run was published: as many places as it was planned with."""
    run = Run.objects.get(pk=event.run_id)
    open_capacity(run, event.places, by=None, at=event.at)


@transaction.atomic
def set_pool(
    unit: CapacityUnit,
    key: PoolKey,
    *,
    reserved: int,
    cap: int | None,
    released_at: datetime | None,
    by: Person | None,
    at: datetime,
) -> Pool:
    """Keep places of a unit for one group of people, limit how many may come, or both.

    What is kept is released to everybody at `released_at`; the cap stays. People of
    the group who have a place already are counted in it. Refuses with PoolsDoNotFit.
    """
    unit = CapacityUnit.objects.select_for_update().get(pk=unit.pk)
    pool = open_pool(unit, key)
    if (pool.reserved, pool.cap, pool.released_at) == (reserved, cap, released_at):
        return pool
    _require_fit(unit, pool, reserved=reserved, cap=cap, at=at)
    pool.reserved, pool.cap, pool.released_at = reserved, cap, released_at
    pool.save()
    record(
        "places kept",
        unit,
        by=by,
        at=at,
        pool=key.value,
        reserved=reserved,
        cap=cap,
        until=released_at.isoformat() if released_at else None,
    )
    publish(SeatsFreed(runs_of([unit]), at))
    return pool


def open_pool(unit: CapacityUnit, key: PoolKey) -> Pool:
    """The pool of a locked unit. A new one has whoever of its people is there already."""
    pool, made = Pool.objects.get_or_create(unit=unit, key=key)
    if made:
        _count_in(pool)
    return pool


def _require_fit(
    unit: CapacityUnit, pool: Pool, *, reserved: int, cap: int | None, at: datetime
) -> None:
    if cap is not None and reserved > cap:
        raise PoolsDoNotFit(
            _("More places are kept for them than may have one. Change one of the two.")
        )
    others = queries.reserved_besides(pool, at=at)
    if reserved > pool.reserved and reserved + others > unit.size:
        raise PoolsDoNotFit(
            _(
                "There are {size} places, and {others} of them are kept for others. "
                "Keep fewer."
            ).format(size=unit.size, others=others)
        )


def _count_in(pool: Pool) -> None:
    """Those of this group who had a place before the pool was there belong to it."""
    claims = SeatClaim.objects.filter(LIVE, unit=pool.unit_id, pool=None)
    if pool.key == PoolKey.MICRO:
        claims.filter(person__isnull=False).update(pool=pool)
    elif pool.key == PoolKey.DEGREE:
        claims.filter(person__isnull=True).update(pool=pool)
