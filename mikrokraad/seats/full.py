"""Which runs have no place left: for a list that leaves them out."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mikrokraad.catalogue.models import CourseSection, Run, RunSection
from mikrokraad.seats.models import LIVE, CapacityUnit, Pool, SeatClaim
from mikrokraad.seats.queries import places_left
from mikrokraad.seats.rules import PoolKey
from mikrokraad.seats.seen import notice_everything


def full_runs(*, at: datetime) -> frozenset[UUID]:
    """Published runs without a place for anybody at `at`.

    The database says which may be, at the worst; those few are then counted as
    everywhere else.
    """
    notice_everything()
    left = places_left(_perhaps_full(), at=at)
    return frozenset(
        run for run, places in left.items() if places.size and places.is_full
    )


def _perhaps_full() -> QuerySet[Run]:
    """From the few units that are tight to their runs: never from all the runs there are."""
    tight = list(_tight_units())
    unopened = CourseSection.objects.filter(capacity=None).values_list("pk", flat=True)
    sections = {unit.section_id for unit in tight if unit.section_id} | set(unopened)
    links = RunSection.objects.filter(required=True, section__in=sections)
    runs = {unit.run_id for unit in tight if unit.run_id}
    runs |= set(links.values_list("run", flat=True))
    return Run.objects.filter(
        pk__in=runs, published_at__isnull=False, cancelled_at__isnull=True
    )


def _tight_units() -> QuerySet[CapacityUnit]:
    """Units whose claims, with all that is kept for pools, reach their size; and those
    that limit how many micro learners may come."""
    claims = SeatClaim.objects.filter(LIVE, unit=OuterRef("pk")).order_by()
    kept = Pool.objects.filter(unit=OuterRef("pk")).order_by()
    limited = Pool.objects.filter(key=PoolKey.MICRO, cap__isnull=False)
    claimed = SeatClaim.objects.filter(LIVE).values("unit")
    return (
        CapacityUnit.objects.filter(
            Q(size=0) | Q(pk__in=claimed) | Q(pk__in=Pool.objects.values("unit"))
        )
        .annotate(
            taken=Coalesce(
                Subquery(claims.values("unit").annotate(n=Count("pk")).values("n")), 0
            ),
            kept=Coalesce(
                Subquery(kept.values("unit").annotate(n=Sum("reserved")).values("n")), 0
            ),
        )
        .filter(Q(size__lte=F("taken") + F("kept")) | Q(pk__in=limited.values("unit")))
    )
