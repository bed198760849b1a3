"""The places of a run and of its courses, as whoever plans them sees them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.calendar import day_of
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import units_of
from mikrokraad.seats.models import LIVE, CapacityUnit, SeatClaim
from mikrokraad.seats.queries import pools_of
from mikrokraad.seats.rules import ClaimState, PoolKey, PoolUse, room_for

Things = dict[UUID, CapacityUnit]


@dataclass(slots=True)
class Overview:
    """One unit: who has its places, for whom some are kept, how many are left.

    `taken` is by pool, held places among them; `holds` are (last day, how many).
    """

    unit: CapacityUnit
    at: datetime
    taken: Counter[str] = field(default_factory=Counter)
    holds: Counter[date] = field(default_factory=Counter)
    pools: list[PoolUse] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.taken.total()

    @property
    def held(self) -> int:
        return self.holds.total()

    @property
    def over(self) -> int:
        """How many more than there are places."""
        return max(0, self.total - self.unit.size)

    @property
    def kept(self) -> dict[str, int]:
        """Places that are free and kept for one pool."""
        return {p.key: n for p in self.pools if (n := p.kept(at=self.at))}

    def left_for(self, key: str) -> int:
        return room_for(
            key,
            size=self.unit.size,
            taken=self.total,
            pools=self.pools,
            at=self.at,
        )

    def pool(self, key: str) -> PoolUse | None:
        return next((pool for pool in self.pools if pool.key == key), None)


def overviews(units: Iterable[CapacityUnit], *, at: datetime) -> dict[int, Overview]:
    """By unit, in three queries however many they are."""
    found = {unit.pk: Overview(unit, at) for unit in units}
    for pk, pools in pools_of(list(found)).items():
        found[pk].pools = pools
    rows = (
        SeatClaim.objects.filter(LIVE, unit__in=found)
        .values_list("unit", "pool__key", "outside_id", "state", "held_until")
        .order_by()
    )
    for pk, key, outside, state, until in rows:
        kind = PoolKey.DEGREE.value if outside else key or PoolKey.MICRO.value
        found[pk].taken[kind] += 1
        if state == ClaimState.HELD and until:
            found[pk].holds[day_of(until)] += 1
    return found


def things_of(run: Run) -> tuple[list[CourseSection], list[CourseSection]]:
    """The sections of a run: those everybody takes, and those to choose among."""
    required: list[CourseSection] = []
    chosen: list[CourseSection] = []
    links = run.run_sections.select_related("section__course__unit", "section__term")
    for link in links.order_by("section__course__code", "section__code"):
        (required if link.required else chosen).append(link.section)
    return required, chosen


def units_by_thing(run: Run, sections: Collection[CourseSection]) -> Things:
    """The capacity of a run and of each section that has one, by the thing's id."""
    units = CapacityUnit.objects.filter(Q(run=run) | Q(section__in=sections))
    return {thing: unit for unit in units if (thing := unit.run_id or unit.section_id)}


def changeable_by(
    person: Person, sections: Iterable[CourseSection], *duties: Duty
) -> set[UUID]:
    """Sections whose places this person may set: those of courses of their units."""
    mine = set(units_of(person, *duties).values_list("pk", flat=True))
    return {each.pk for each in sections if each.course.unit_id in mine}


def sharing(sections: Collection[CourseSection], run: Run) -> dict[UUID, int]:
    """How many other published runs take seats in each section."""
    others = (
        Run.objects.filter(
            sections__in=sections, published_at__isnull=False, cancelled_at=None
        )
        .exclude(pk=run.pk)
        .values("sections")
        .annotate(n=Count("pk", distinct=True))
    )
    counts: defaultdict[UUID, int] = defaultdict(int)
    counts.update(others.values_list("sections", "n"))
    return counts


def runs_with_units(runs: Iterable[Run]) -> QuerySet[CapacityUnit]:
    return CapacityUnit.objects.filter(run__in=list(runs)).select_related("run")
