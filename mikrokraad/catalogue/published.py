"""Reads for feeds and for other systems: what is published, a page at a time."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from mikrokraad.catalogue.models import (
    Run,
)
from mikrokraad.catalogue.queries import (
    published_runs,
)
from mikrokraad.core.calendar import day_of


def open_runs(*, at: datetime) -> QuerySet[Run]:
    """Runs that anybody may apply to at `at`, those that opened last first."""
    return (
        runs_to_come(at=at)
        .filter(opens_at__lte=at)
        .order_by("-opens_at", "version__programme__slug")
    )


def runs_to_come(*, at: datetime) -> QuerySet[Run]:
    """Runs that take applications at `at` or later, the nearest deadline first."""
    return (
        published_runs()
        .annotate(last_day=Coalesce("own_deadline", "intake__default_deadline"))
        .filter(last_day__gte=day_of(at), commissioned_by__isnull=True)
        .order_by("last_day", "version__programme__slug")
    )
