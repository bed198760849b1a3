"""How many places there are, how many are left, and who waits."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from mikrokraad.catalogue.models import CourseSection, Run, RunSection
from mikrokraad.people.models import Person
from mikrokraad.seats.models import (
    LIVE,
    Bundle,
    CapacityUnit,
    Pool,
    SeatClaim,
    WaitlistEntry,
)
from mikrokraad.seats.rules import ClaimState, PoolKey, PoolUse, Waiting, room_for
from mikrokraad.seats.seen import notice, notice_waiting


@dataclass(frozen=True)
class Places:
    """Places of a run. `left` is the least of the run's and its required sections'."""

    size: int
    taken: int
    left: int
    waiting: int

    @property
    def is_full(self) -> bool:
        return self.left == 0


NO_PLACES = Places(0, 0, 0, 0)


def counts_now(at: datetime) -> Q:
    """Claims somebody can still stand on at `at`: confirmed, or held and not run out."""
    return Q(state=ClaimState.CONFIRMED) | Q(state=ClaimState.HELD, held_until__gt=at)


def counts_now_of_claims(at: datetime) -> Q:
    """The same, seen from a bundle."""
    return Q(claims__state=ClaimState.CONFIRMED) | Q(
        claims__state=ClaimState.HELD, claims__held_until__gt=at
    )


def taken_of(units: Collection[int]) -> dict[int, int]:
    """How many places of each unit are taken, counted from rows (S1).

    A hold that has run out takes its place until `expire_holds` releases it: so two
    machines whose clocks differ never give one place to two people, and a place is
    free only once its former holder has been told.
    """
    counted = (
        SeatClaim.objects.filter(LIVE, unit__in=units)
        .values("unit")
        .annotate(n=Count("pk"))
        .values_list("unit", "n")
    )
    return dict(counted)


def _taken_by_pool(units: Collection[int]) -> dict[tuple[int, int | None], int]:
    """How many places of each unit are taken by people of each of its pools, or of none."""
    counted = (
        SeatClaim.objects.filter(LIVE, unit__in=units)
        .values("unit", "pool")
        .annotate(n=Count("pk"))
        .values_list("unit", "pool", "n")
    )
    return {(unit, pool): n for unit, pool, n in counted}


def pools_of(units: Collection[int]) -> dict[int, list[PoolUse]]:
    """The pools of each unit that has any, and how many of their people have a place."""
    return _pools(units, _taken_by_pool(units))


def _pools(
    units: Collection[int], taken: dict[tuple[int, int | None], int]
) -> dict[int, list[PoolUse]]:
    found: defaultdict[int, list[PoolUse]] = defaultdict(list)
    for pool in Pool.objects.filter(unit__in=units).order_by("key"):
        found[pool.unit_id].append(
            PoolUse(
                pool.pk,
                pool.key,
                pool.reserved,
                pool.cap,
                pool.released_at,
                taken.get((pool.unit_id, pool.pk), 0),
            )
        )
    return dict(found)


def reserved_besides(pool: Pool, *, at: datetime) -> int:
    """Places of the same unit that are kept for others, taken or not."""
    others = Pool.objects.filter(unit=pool.unit_id).exclude(pk=pool.pk)
    total = others.exclude(released_at__lte=at).aggregate(n=Sum("reserved"))["n"]
    return total or 0


@dataclass(frozen=True, slots=True)
class Room:
    """How many more people of one pool may come to a unit, and that pool, if it has it;
    and how many places of the unit are taken, by whomever."""

    left: int
    pool_id: int | None
    taken: int


def room_in(
    units: Iterable[CapacityUnit], *, at: datetime, key: str = PoolKey.MICRO
) -> dict[int, Room]:
    """Room for people of one pool in each unit, in two queries."""
    known = list(units)
    notice(known)
    ids = [unit.pk for unit in known]
    by_pool = _taken_by_pool(ids)
    pools, taken = _pools(ids, by_pool), Counter[int]()
    for (unit_id, _pool), n in by_pool.items():
        taken[unit_id] += n
    room = {}
    for unit in known:
        there = pools.get(unit.pk, [])
        used = taken[unit.pk]
        left = room_for(key, size=unit.size, taken=used, pools=there, at=at)
        pool = next((p.pk for p in there if p.key == key), None)
        room[unit.pk] = Room(left, pool, used)
    return room


def left_in(units: Iterable[CapacityUnit], *, at: datetime) -> dict[int, int]:
    """Places left for micro learners in each unit; never below zero."""
    return {unit: room.left for unit, room in room_in(units, at=at).items()}


def required_sections(run: Run) -> list[UUID]:
    """The sections a seat in which belongs to a place on this run."""
    required = RunSection.objects.filter(run=run, required=True)
    return list(required.values_list("section", flat=True))


def units_needed(run: Run) -> QuerySet[CapacityUnit]:
    """The run's own unit and those of its required sections."""
    required = RunSection.objects.filter(run=run, required=True).values("section")
    return CapacityUnit.objects.filter(Q(run=run) | Q(section__in=required))


def units_of(bundle: Bundle) -> QuerySet[CapacityUnit]:
    """The units a bundle needs, and those of courses that it has chosen."""
    required = RunSection.objects.filter(run=bundle.run_id, required=True)
    return CapacityUnit.objects.filter(
        Q(run=bundle.run_id)
        | Q(section__in=required.values("section"))
        | Q(pk__in=live_claims(bundle).values("unit"))
    )


def places_left(runs: Iterable[Run], *, at: datetime) -> dict[UUID, Places]:
    """Places of each run, in five queries however many runs there are."""
    ids = [run.pk for run in runs]
    needed = list(
        RunSection.objects.filter(run__in=ids, required=True).values_list(
            "run", "section"
        )
    )
    units = list(
        CapacityUnit.objects.filter(
            Q(run__in=ids) | Q(section__in={section for _run, section in needed})
        )
    )
    of_run = {unit.run_id: unit for unit in units if unit.run_id}
    of_section = {unit.section_id: unit for unit in units if unit.section_id}
    room = room_in(units, at=at)
    waiting = _waiting(ids)
    bottlenecks: defaultdict[UUID, list[int]] = defaultdict(list)
    for run, section in needed:
        unit = of_section.get(section)
        bottlenecks[run].append(room[unit.pk].left if unit else 0)
    return {
        pk: Places(
            size=of_run[pk].size,
            taken=room[of_run[pk].pk].taken,
            left=min([room[of_run[pk].pk].left, *bottlenecks[pk]]),
            waiting=waiting.get(pk, (0, 0))[0],
        )
        if pk in of_run
        else NO_PLACES
        for pk in ids
    }


def _waiting(runs: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Of each run, how many wait, and the sum of their ids, which tells one wait from another."""
    counted = WaitlistEntry.objects.filter(run__in=runs, state=Waiting.WAITING)
    rows = counted.values("run").annotate(n=Count("pk"), ids=Sum("pk"))
    waiting = {run: (n, ids) for run, n, ids in rows.values_list("run", "n", "ids")}
    notice_waiting(waiting)
    return waiting


def next_release(*, at: datetime) -> datetime | None:
    """When the next places kept for a pool become free for everybody."""
    ahead = Pool.objects.filter(released_at__gt=at).order_by("released_at")
    return ahead.values_list("released_at", flat=True).first()


def live_bundle(run: Run, person: Person, *, at: datetime) -> Bundle | None:
    """The places this person holds on this run, if any."""
    claims = SeatClaim.objects.filter(
        counts_now(at), unit__run=run, person=person, bundle__isnull=False
    ).select_related("bundle")
    claim = claims.first()
    return claim.bundle if claim else None


def bundle_of(run: Run, person: Person) -> Bundle:
    """The newest places this person ever had on this run. Errors: DoesNotExist."""
    return Bundle.objects.filter(run=run, person=person).latest("at")


def live_claims(bundle: Bundle) -> QuerySet[SeatClaim]:
    return bundle.claims.filter(LIVE)


def chosen_claims(bundle: Bundle) -> QuerySet[SeatClaim]:
    """Live claims of a bundle in courses that its run does not require."""
    required = RunSection.objects.filter(run=bundle.run_id, required=True)
    return (
        live_claims(bundle)
        .filter(unit__section__isnull=False)
        .exclude(unit__section__in=required.values("section"))
    )


def left_in_sections(
    sections: Collection[CourseSection], *, at: datetime
) -> dict[UUID, int]:
    """Seats left in each course section; none where no places were opened."""
    units = list(CapacityUnit.objects.filter(section__in=sections))
    left = left_in(units, at=at)
    return {unit.section_id: left[unit.pk] for unit in units if unit.section_id}


def is_over(bundle: Bundle, *, at: datetime) -> bool:
    """Whether the hold on a bundle has run out and nobody has released it yet."""
    return live_claims(bundle).filter(held_until__lte=at).exists()
