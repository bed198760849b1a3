"""Reads for feeds and for other systems: what is published, a page at a time.

A version is whole or not there: whoever lists many counts a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Lower

from mikrokraad.catalogue.models import (
    Component,
    Course,
    CourseSection,
    ProgrammeVersion,
    Run,
    Term,
)
from mikrokraad.catalogue.queries import SHOWN_STATES, published_runs, whole_versions
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


def runs_of(programmes: Iterable[UUID]) -> dict[UUID, list[Run]]:
    """Published runs of each programme, the earliest first. One query."""
    found: defaultdict[UUID, list[Run]] = defaultdict(list)
    runs = published_runs().filter(version__programme__in=list(programmes))
    for run in runs.order_by("starts_on"):
        found[run.version.programme_id].append(run)
    return found


# Programmes and courses, by name ------------------------------------------------------


def newest_versions_by_name() -> QuerySet[ProgrammeVersion]:
    """Of each programme that anybody may see, what its page says."""
    newest = (
        ProgrammeVersion.objects.filter(
            programme=OuterRef("programme"), state__in=SHOWN_STATES
        )
        .order_by("-major", "-minor")
        .values("pk")[:1]
    )
    shown = whole_versions().filter(pk=Subquery(newest))
    return shown.order_by(Lower(KT("title__en")), "programme__slug")


def courses_by_name() -> QuerySet[Course]:
    """Courses of which some programme that anybody may see is made."""
    in_use = Component.objects.filter(version__state__in=SHOWN_STATES)
    return (
        Course.objects.filter(pk__in=in_use.values("course"))
        .select_related("unit", "field")
        .prefetch_related(
            Prefetch("components", in_use.select_related("version"), to_attr="uses")
        )
        .order_by(Lower(KT("title__en")), "code")
    )


def titled(words: str) -> Q:
    """Whose title has these words, in either language."""
    return Q(title__et__icontains=words) | Q(title__en__icontains=words)


# When ---------------------------------------------------------------------------------


def terms() -> QuerySet[Term]:
    """Semesters, the earliest first."""
    return Term.objects.order_by("starts_on", "code")


def runs_in_order() -> QuerySet[Run]:
    """Published runs that everybody may apply to once, the earliest first."""
    return published_runs().filter(commissioned_by=None).order_by("starts_on", "pk")


def sections_in_order() -> QuerySet[CourseSection]:
    """Teachings of courses that are part of a published run, the earliest first."""
    joined = Prefetch(
        "run_set", published_runs().filter(commissioned_by=None), to_attr="joined"
    )
    shown = Q(run__published_at__isnull=False, run__cancelled_at__isnull=True)
    return (
        CourseSection.objects.filter(shown, run__commissioned_by=None)
        .select_related("course__unit", "term")
        .prefetch_related(joined)
        .annotate(begins=F("term__starts_on"))
        .order_by("begins", "code")
        .distinct()
    )
