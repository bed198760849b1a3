"""Where visitors came from, for a desk."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from mikrokraad.catalogue.models import Arrivals
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of

WEEK = timedelta(days=7)


def arrivals_at(person: Person, *, since: date) -> QuerySet[Arrivals]:
    """Counts of this person's units' programmes, and of pages that are everybody's."""
    units = units_of(person, *DESK_DUTIES)
    own = Q(programme__isnull=True) | Q(programme__unit__in=units)
    return Arrivals.objects.filter(own, day__gte=since)


def by_campaign(counts: QuerySet[Arrivals], *, most: int) -> list[dict[str, Any]]:
    """Visits of each page from each campaign, most visits first."""
    told = ("page", "programme", "source", "medium", "campaign")
    summed = counts.values(*told).annotate(total=Sum("visits"))
    return list(summed.order_by("-total", *told)[:most])


def by_week(
    counts: QuerySet[Arrivals], *, since: date, today: date
) -> Iterator[tuple[date, int]]:
    """Each Monday from `since` to `today` with the visits of its week. One query."""
    days = dict(
        counts.values_list("day")
        .annotate(total=Sum("visits"))
        .values_list("day", "total")
    )
    monday = since - timedelta(days=since.weekday())
    while monday <= today:
        yield (
            monday,
            sum(n for day, n in days.items() if monday <= day < monday + WEEK),
        )
        monday += WEEK
