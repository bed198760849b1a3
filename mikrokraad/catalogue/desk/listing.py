"""The list of programmes: how each stands, and how many there are of each sort."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mikrokraad.catalogue import facts, queries
from mikrokraad.catalogue.completeness import Missing, missing_elements
from mikrokraad.catalogue.desk.register import differing_at
from mikrokraad.catalogue.desk.whose import programmes_at
from mikrokraad.catalogue.ehis.comparing import (
    Difference,
)
from mikrokraad.catalogue.models import (
    PlannedRun,
    Programme,
    ProgrammeVersion,
    Review,
    ReviewComment,
    Run,
    WouldNotPublish,
)
from mikrokraad.catalogue.rules import Applying, VersionState
from mikrokraad.people.models import Institution, Person

SHOW = {
    "drafts": Q(newest_state=VersionState.DRAFT),
    "review": Q(newest_state=VersionState.IN_REVIEW),
    "approved": Q(newest_state=VersionState.APPROVED),
    "open": Q(has_open_run=True),
    "wrong": Q(is_wrong=True),
}


NO_RUN: tuple[Run | None, Applying | None] = (None, None)


@dataclass(frozen=True)
class Row:
    """One programme in the list: its newest version and all that is to be said of it."""

    programme: Programme
    version: ProgrammeVersion
    missing: list[Missing]
    review: Review | None
    run: Run | None
    standing: Applying | None
    plan: PlannedRun | None
    differs: list[Difference]
    wrong: int
    comments: int


@dataclass(frozen=True)
class Overview:
    """The programmes of a desk that are shown, and how many there are of each sort."""

    programmes: QuerySet[Programme]
    counts: dict[str, int]
    differing: dict[UUID, list[Difference]] = field(default_factory=dict)


def overview(person: Person, *, show: str = "", q: str = "", at: datetime) -> Overview:
    """The programmes of somebody's units by sort; the counts are those of all of them."""
    known = _with_marks(programmes_at(person), at=at)
    differing = differing_at(person)
    counts = {"": known.count()}
    counts |= {name: known.filter(sort).count() for name, sort in SHOW.items()}
    counts["differs"] = len(differing)
    if show == "differs":
        known = known.filter(pk__in=list(differing))
    elif show in SHOW:
        known = known.filter(SHOW[show])
    return Overview(_named_like(known, q), counts, differing)


def _with_marks(known: QuerySet[Programme], *, at: datetime) -> QuerySet[Programme]:
    open_runs = (
        queries.published_runs()
        .filter(version__programme=OuterRef("pk"), opens_at__lte=at)
        .filter(
            Q(own_deadline__gte=at.date())
            | Q(own_deadline=None, intake__default_deadline__gte=at.date())
        )
    )
    wrong = WouldNotPublish.objects.filter(version__programme=OuterRef("pk"))
    return known.annotate(has_open_run=Exists(open_runs), is_wrong=Exists(wrong))


def _named_like(known: QuerySet[Programme], q: str) -> QuerySet[Programme]:
    if not q:
        return known
    titled = ProgrammeVersion.objects.filter(programme=OuterRef("pk")).filter(
        Q(title__et__icontains=q) | Q(title__en__icontains=q)
    )
    return known.filter(Q(Exists(titled)) | Q(register_code=q) | Q(slug__icontains=q))


def rows(
    programmes: Iterable[Programme],
    differing: dict[UUID, list[Difference]],
    *,
    at: datetime,
) -> list[Row]:
    """What the list says of each of these programmes, in a constant number of queries."""
    shown = list(programmes)
    newest = _newest(shown)
    reviews = {
        review.version_id: review
        for review in Review.objects.filter(
            version__in=newest.values(), ended_at=None
        ).select_related("reviewer", "asked_by")
    }
    runs, plans = _runs(shown, at=at), _plans(shown)
    wrong, comments = _wrong(shown), _comments(newest.values())
    institution = Institution.objects.first()
    return [
        Row(
            programme,
            version,
            _lacks(version, institution),
            reviews.get(version.pk),
            *runs.get(programme.pk, NO_RUN),
            plans.get(programme.pk),
            differing.get(programme.pk, []),
            wrong[programme.pk],
            comments[version.pk],
        )
        for programme in shown
        if (version := newest.get(programme.pk))
    ]


def _lacks(version: ProgrammeVersion, institution: Institution | None) -> list[Missing]:
    if version.state != VersionState.DRAFT:
        return []
    return missing_elements(facts.version_facts(version, institution=institution))


def _newest(programmes: list[Programme]) -> dict[UUID, ProgrammeVersion]:
    ordered = ProgrammeVersion.objects.filter(programme__in=programmes).order_by(
        "major", "minor"
    )
    return {version.programme_id: version for version in queries.with_contents(ordered)}


def _runs(
    programmes: list[Programme], *, at: datetime
) -> dict[UUID, tuple[Run, Applying]]:
    """The run to speak of: open, else not yet, else the latest; and where it stands."""
    order = [Applying.OVER, Applying.NOT_YET, Applying.OPEN]
    best: dict[UUID, tuple[Run, Applying]] = {}
    known = queries.published_runs().filter(version__programme__in=programmes)
    for run in known.order_by("starts_on"):
        stands = queries.how_it_stands(run, at=at)
        before = best.get(run.version.programme_id)
        if before is None or order.index(stands) >= order.index(before[1]):
            best[run.version.programme_id] = (run, stands)
    return best


def _plans(programmes: list[Programme]) -> dict[UUID, PlannedRun]:
    known = PlannedRun.objects.filter(version__programme__in=programmes)
    return {
        plan.version.programme_id: plan
        for plan in known.select_related("version", "intake").order_by("-created_at")
    }


def _wrong(programmes: list[Programme]) -> Counter[UUID]:
    found = WouldNotPublish.objects.filter(version__programme__in=programmes)
    return Counter(found.values_list("version__programme", flat=True))


def _comments(versions: Iterable[ProgrammeVersion]) -> Counter[UUID]:
    left = ReviewComment.objects.filter(version__in=list(versions), resolved_at=None)
    return Counter(left.values_list("version", flat=True))
