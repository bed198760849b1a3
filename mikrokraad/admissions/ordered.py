"""Applications of a run in the order in which they get places: by points, or by lots."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from mikrokraad.admissions import lots, ranking
from mikrokraad.admissions.eligibility import Met
from mikrokraad.admissions.models import (
    ENDED,
    Application,
    Criterion,
    Decision,
    Lottery,
    Outcome,
    Score,
)
from mikrokraad.admissions.rules import LADDER, UNDECIDED, Mover, State
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode

TO_DECIDE = [
    state for state in UNDECIDED if state in LADDER.where("mover", Mover.STAFF)
]
NO_MORE = (State.DRAFT, State.FEE_DUE, State.WITHDRAWN)


@dataclass(frozen=True)
class Place:
    """One application in the ranking: its score and by how many reviewers."""

    application: Application
    score: Fraction | None
    reviewers: int


def eligible(run: Run) -> QuerySet[Application]:
    """Undecided applications whose answers meet every condition."""
    return Application.objects.filter(
        run=run, state__in=TO_DECIDE, verdict__overall=Met.MET
    ).select_related("person", "run__intake", "run__version")


def criteria_of(run: Run) -> list[Criterion]:
    return list(Criterion.objects.filter(run=run).order_by("position"))


def ranking_of(run: Run) -> list[Place]:
    """Every sent application, best first; those without a score last. Three queries."""
    sent = Application.objects.filter(run=run, submitted_at__isnull=False)
    cases = {
        str(each.pk): each
        for each in sent.exclude(state__in=NO_MORE).select_related("person")
    }
    criteria = {
        each.pk: ranking.Weighed(each.weight, each.most) for each in criteria_of(run)
    }
    points = _points(run)
    scores = {
        key: ranking.score_of(criteria, points[each.pk].values())
        for key, each in cases.items()
    }
    order = ranking.in_order(_scored(cases.values(), scores))
    unscored = sorted(
        (key for key, score in scores.items() if score is None),
        key=lambda key: (cases[key].submitted_at, key),
    )
    return [
        Place(cases[key], scores[key], len(points[cases[key].pk]))
        for key in [*(each.id for each in order), *unscored]
    ]


def _scored(
    cases: Iterable[Application], scores: dict[str, Fraction | None]
) -> list[ranking.Scored]:
    return [
        ranking.Scored(str(each.pk), scores[str(each.pk)], each.submitted_at)
        for each in cases
        if each.submitted_at
    ]


def _points(run: Run) -> dict[UUID, dict[UUID, dict[int, int]]]:
    """Points by application, reviewer and criterion."""
    found: dict[UUID, dict[UUID, dict[int, int]]] = defaultdict(dict)
    rows = Score.objects.filter(criterion__run=run)
    for case, by, criterion, points in rows.values_list(
        "application", "by", "criterion", "points"
    ):
        found[case].setdefault(by, {})[criterion] = points
    return found


def scores_by(application: Application, reviewer: UUID) -> dict[int, int]:
    """The points this reviewer gave."""
    own = application.scores.filter(by=reviewer)
    return dict(own.values_list("criterion", "points"))


def lottery_of(run: Run) -> Lottery | None:
    return Lottery.objects.filter(run=run).first()


def lots_of(lottery: Lottery) -> list[tuple[str, str]]:
    """Each lot and its application in order; nothing before the draw."""
    if lottery.drawn_at is None:
        return []
    return lots.in_order(lottery.seed, lottery.drawn)


def order_of(run: Run) -> list[Application]:
    """Applications in the order in which this run gives its places."""
    if run.admission_mode == AdmissionMode.RANKED:
        return [each.application for each in ranking_of(run) if each.score is not None]
    lottery = lottery_of(run)
    order = [key for _lot, key in lots_of(lottery)] if lottery else []
    cases = Application.objects.filter(pk__in=order).select_related("person")
    by_key = {str(each.pk): each for each in cases}
    return [by_key[key] for key in order]


def offers_out(run: Run) -> int:
    """Offers that are prepared, or made and not ended."""
    made = Decision.objects.filter(
        application__run=run,
        outcome=Outcome.OFFER,
        dropped_at=None,
        undone_at=None,
    )
    return made.exclude(application__state__in=ENDED).count()


def open_lotteries() -> QuerySet[Lottery]:
    """Lots of published runs, which anybody may look at."""
    return Lottery.objects.filter(run__published_at__isnull=False).select_related(
        "run__version__programme", "run__version__field", "run__intake"
    )
