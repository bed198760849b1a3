"""Putting applications in order, by points or by lots, and preparing all in one press."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import lots, ordered
from mikrokraad.admissions.actions.decisions import (
    Released,
    open_review,
    release_these,
    require_decidable,
    stage_offer,
    stage_rejection,
    stage_waiting,
)
from mikrokraad.admissions.actions.steps import locked
from mikrokraad.admissions.models import (
    Application,
    Criterion,
    Decision,
    Lottery,
    Outcome,
    Score,
)
from mikrokraad.admissions.rules import (
    UNDECIDED,
    LotsNotReady,
    PointsDoNotFit,
    ScoresAreIn,
    State,
)
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.core.calendar import end_of
from mikrokraad.core.errors import Refusal
from mikrokraad.core.ladders import StepNotAllowed
from mikrokraad.people.models import Person
from mikrokraad.people.register import record

REST = (Outcome.WAITING, Outcome.REJECTION)
_WHY = {
    AdmissionMode.RANKED: ("ranked_high", "others_ranked_higher"),
    AdmissionMode.LOTTERY: ("lot_drawn", "lot_not_drawn"),
}


@dataclass
class Prepared:
    """What one press prepared, and who was left out and why."""

    offers: int = 0
    waiting: int = 0
    rejections: int = 0
    skipped: list[tuple[Application, str]] = field(default_factory=list)


@transaction.atomic
def set_criteria(
    run: Run, criteria: Sequence[Mapping[str, object]], *, by: Person, at: datetime
) -> None:
    """Say what applications are scored by: text, weight, most. Refuses with `ScoresAreIn`."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if Score.objects.filter(criterion__run=run).exists():
        raise ScoresAreIn(
            _(
                "Somebody has scored by these criteria already, so they stay as they are."
            )
        )
    run.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(run=run, position=n, **each) for n, each in enumerate(criteria, 1)
    )
    record("admissions.criteria.set", run, by=by, at=at, count=len(criteria))


@transaction.atomic
def score(
    application: Application, points: Mapping[int, int], *, by: Person, at: datetime
) -> None:
    """Give points, by the number of each criterion; again, they replace one's own.

    Refuses with `PointsDoNotFit` or `StepNotAllowed`.
    """
    application = locked(application)
    if application.state not in UNDECIDED:
        raise StepNotAllowed(
            _("This application is decided already, so its points stay as they are.")
        )
    criteria = {each.pk: each for each in application.run.criteria.all()}
    fits = set(points) == set(criteria) and all(
        0 <= given <= criteria[key].most for key, given in points.items()
    )
    if not fits:
        raise PointsDoNotFit(
            _("Give points for every criterion, and not more than there are.")
        )
    for key, given in points.items():
        Score.objects.update_or_create(
            application=application,
            criterion=criteria[key],
            by=by,
            defaults={"points": given, "at": at},
        )
    record("application: scored", application, by=by, at=at)


# Lots ---------------------------------------------------------------------------


@transaction.atomic
def announce_lottery(
    run: Run, *, source: str = "", by: Person, at: datetime
) -> Lottery:
    """Fix the seed before the deadline: ours, by its sha256, or that of a named source.

    Twice is once. Refuses with `LotsNotReady` after the deadline.
    """
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    known = Lottery.objects.filter(run=run).first()
    if known:
        return known
    if at >= end_of(run.deadline):
        raise LotsNotReady(
            _("The seed has to be fixed before the deadline, and that has passed.")
        )
    seed = "" if source.strip() else secrets.token_hex(lots.SEED_BYTES)
    made = Lottery.objects.create(
        run=run,
        source=source.strip(),
        seed=seed,
        commitment=lots.commitment(seed) if seed else "",
        announced_at=at,
    )
    record("admissions.lottery.announced", run, by=by, at=at, source=made.source)
    return made


@transaction.atomic
def draw_lots(run: Run, *, seed: str = "", by: Person, at: datetime) -> Lottery:
    """Draw among those who meet the conditions. Drawn twice, the first draw stands.

    `seed` is what the named source has published. Refuses with `LotsNotReady` or
    `DecidedAfterTheDeadline`.
    """
    lottery = Lottery.objects.select_for_update().filter(run=run).first()
    if lottery is None:
        raise LotsNotReady(_("No seed was fixed before the deadline."))
    if lottery.drawn_at:
        return lottery
    require_decidable(run, at=at)
    if lottery.source and not seed.strip():
        raise LotsNotReady(_("Write what the source has published."))
    lottery.seed = seed.strip() if lottery.source else lottery.seed
    lottery.drawn_at = at
    lottery.drawn = [str(each.pk) for each in ordered.eligible(run)]
    lottery.save()
    record("admissions.lottery.drawn", run, by=by, at=at, count=len(lottery.drawn))
    return lottery


# One press ----------------------------------------------------------------------


@transaction.atomic
def prepare_in_order(
    run: Run, *, offers: int, rest: Outcome, by: Person, at: datetime
) -> Prepared:
    """Prepare offers for the first `offers`, and for the others what `rest` says.

    Nothing is sent before it is released. Again, it goes on with who is left. Refuses
    with `DecidedAfterTheDeadline`.
    """
    require_decidable(run, at=at)
    report = Prepared()
    good, other = _WHY[AdmissionMode(run.admission_mode)]
    left = offers - ordered.offers_out(run)
    for rank, each in enumerate(ordered.order_of(run), start=1):
        if each.state not in UNDECIDED:
            continue
        outcome = Outcome.OFFER if left > 0 else rest
        why = good if outcome == Outcome.OFFER else other
        try:
            _prepare(each, outcome, why, rank, by, at)
        except Refusal as refusal:
            report.skipped.append((each, refusal.message))
            continue
        _count(report, outcome)
        left -= outcome == Outcome.OFFER
    return report


@transaction.atomic
def _prepare(
    case: Application, outcome: Outcome, why: str, rank: int, by: Person, at: datetime
) -> None:
    if case.state == State.INFO_REQUESTED:
        raise StepNotAllowed(_("We wait for the applicant's answer."))
    open_review(case, by=by, at=at)
    if outcome == Outcome.OFFER:
        stage_offer(case, reasons=[why], by=by, at=at)
    elif outcome == Outcome.WAITING:
        stage_waiting(case, reasons=[why], rank=rank, by=by, at=at)
    else:
        stage_rejection(case, reasons=[why], by=by, at=at)


def _count(report: Prepared, outcome: Outcome) -> None:
    report.offers += outcome == Outcome.OFFER
    report.waiting += outcome == Outcome.WAITING
    report.rejections += outcome == Outcome.REJECTION


@transaction.atomic
def offer_to_everyone(run: Run, *, by: Person, at: datetime) -> Released:
    """Offer a place to everybody whose answers meet every condition, and tell them.

    Whom a person must judge waits for one. Again, it offers to who has come since.
    """
    made: list[Decision] = []
    for each in ordered.eligible(run).order_by("pk"):
        open_review(each, by=by, at=at)
        made.append(stage_offer(each, reasons=["requirements_met"], by=by, at=at))
    return release_these(made, by=by, at=at)
