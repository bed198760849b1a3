"""What must never be false about places, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F

from mikrokraad.catalogue.models import Run
from mikrokraad.seats import queries
from mikrokraad.seats.models import LIVE, Bundle, CapacityUnit, SeatClaim, WaitlistEntry
from mikrokraad.seats.rules import ClaimState, Waiting
from mikrokraad.seats.waiting import next_turn

CHECKED = {
    "S1": "confirmed places and live holds are never more than there are",
    "S2": "nobody holds two places of one unit",
    "S3": "a bundle is whole: the run and every required course, or nothing",
    "S4": "every place was taken through the one door",
    "S5": "nobody waits while a place has long been free",
}
TICK = timedelta(minutes=5)


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:
    yield from _oversold()
    yield from _twice()
    yield from _half_bundles(at)
    yield from _side_doors()
    yield from _waiting_in_vain(at)


def _oversold() -> Iterator[tuple[str, str]]:
    units = CapacityUnit.objects.filter(overbooking_reason="")
    taken = queries.taken_of([unit.pk for unit in units])
    for unit in units:
        if taken.get(unit.pk, 0) > unit.size:
            yield (
                "S1",
                f"capacity {unit.pk} has {unit.size} places and {taken[unit.pk]} claims",
            )


def _twice() -> Iterator[tuple[str, str]]:
    doubled = (
        SeatClaim.objects.filter(LIVE, person__isnull=False)
        .values("unit", "person")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    for row in doubled:
        yield (
            "S2",
            f"person {row['person']} holds {row['n']} places of capacity {row['unit']}",
        )


def _half_bundles(at: datetime) -> Iterator[tuple[str, str]]:
    live = Bundle.objects.filter(queries.counts_now_of_claims(at)).distinct()
    for bundle in live.select_related("run"):
        needed = set(queries.units_needed(bundle.run).values_list("pk", flat=True))
        has = set(
            SeatClaim.objects.filter(
                queries.counts_now(at), person=bundle.person_id, unit__in=needed
            ).values_list("unit", flat=True)
        )
        if needed - has:
            yield (
                "S3",
                f"bundle {bundle.pk} lacks {len(needed - has)} of {len(needed)} places",
            )


def _side_doors() -> Iterator[tuple[str, str]]:
    odd = SeatClaim.objects.filter(LIVE, bundle__isnull=True, outside_id="")
    for pk in odd.values_list("pk", flat=True):
        yield "S4", f"claim {pk} belongs to no bundle"
    strangers = SeatClaim.objects.filter(LIVE, bundle__isnull=False).exclude(
        bundle__person=F("person")
    )
    for pk in strangers.values_list("pk", flat=True):
        yield "S4", f"claim {pk} is of somebody else than its bundle"


def _waiting_in_vain(at: datetime) -> Iterator[tuple[str, str]]:
    waiting = WaitlistEntry.objects.filter(
        state=Waiting.WAITING, joined_at__lte=at - TICK, run__starts_on__gt=at.date()
    )
    runs = list(Run.objects.filter(pk__in=waiting.values("run"), cancelled_at=None))
    places = queries.places_left(runs, at=at)
    for run in runs:
        freed_lately = SeatClaim.objects.filter(
            unit__in=queries.units_needed(run),
            state=ClaimState.RELEASED,
            released_at__gt=at - TICK,
        )
        fits = places[run.pk].left and next_turn(run, at=at).entries
        if fits and not freed_lately.exists():
            yield (
                "S5",
                f"run {run.pk} has {places[run.pk].left} free places and people waiting",
            )
