"""Which runs have no place left: for a list that leaves them out."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from mikrokraad.catalogue.models import Run, RunSection
from mikrokraad.catalogue.queries import published_runs
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
    units = _tight_units()
    required = RunSection.objects.filter(required=True)
    without = required.filter(section__capacity__isnull=True).values("run")
    tight = required.filter(section__capacity__in=units.values("pk")).values("run")
    return published_runs().filter(
        Q(capacity__in=units.values("pk")) | Q(pk__in=tight) | Q(pk__in=without),
        capacity__isnull=False,
    )


def _tight_units() -> QuerySet[CapacityUnit]:
    """Units whose claims, with all that is kept for pools, reach their size; and those
    that limit how many micro learners may come."""
    claims = SeatClaim.objects.filter(LIVE, unit=OuterRef("pk")).order_by()
    kept = Pool.objects.filter(unit=OuterRef("pk")).order_by()
    limited = Pool.objects.filter(key=PoolKey.MICRO, cap__isnull=False)
    return CapacityUnit.objects.annotate(
        taken=Coalesce(
            Subquery(claims.values("unit").annotate(n=Count("pk")).values("n")), 0
        ),
        kept=Coalesce(
            Subquery(kept.values("unit").annotate(n=Sum("reserved")).values("n")), 0
        ),
    ).filter(Q(size__lte=F("taken") + F("kept")) | Q(pk__in=limited.values("unit")))
