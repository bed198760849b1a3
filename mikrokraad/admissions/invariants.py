"""What must never be false about applications, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q

from mikrokraad.admissions import queries
from mikrokraad.admissions.eligibility import RULES
from mikrokraad.admissions.models import ENDED, Application, Decision, Outcome
from mikrokraad.admissions.rules import (
    LADDER,
    OFFER_REASONS,
    REJECTION_REASONS,
    STAGED,
    WAITING_REASONS,
    State,
)
from mikrokraad.core.models import OutboxMessage
from mikrokraad.fees.queries import owed_on
from mikrokraad.people.models import RegisterEntry
from mikrokraad.people.register import named
from mikrokraad.seats.models import LIVE, SeatClaim
from mikrokraad.seats.rules import STUDIES_ENDED

CHECKED = {
    "A1": "places are held in the states that hold them, and in no other",
    "A2": "decisions have reasons; what is staged has not been told; released is once",
    "A3": "sent applications keep the version, verdict and answers they were sent with",
    "A4": "the same answers give the same verdict",
    "A5": "one live application per person and run",
    "A6": "every open application says by when the next move is due",
    "A7": "an application is read only once its application fee is paid",
}
HOLDING = LADDER.where("holds_seat")
_KNOWN = {
    Outcome.OFFER: {key for key, _words in OFFER_REASONS},
    Outcome.REJECTION: {key for key, _words in REJECTION_REASONS},
    Outcome.WAITING: {key for key, _words in WAITING_REASONS},
}


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- every room's checker takes the moment
    yield from _seats()
    yield from _decisions()
    yield from _frozen()
    yield from _verdicts()
    yield from _twice()
    yield from _without_a_day()
    yield from _fees()


def _seats() -> Iterator[tuple[str, str]]:
    """An offer holds a place only from the waiting list or in instant mode."""
    without = Application.objects.filter(state__in=HOLDING, bundle=None)
    for pk in without.values_list("pk", flat=True):
        yield "A1", f"application {pk} should hold a place and has none"
    may_hold = Q(state__in=[*HOLDING, State.OFFERED])
    others = Application.objects.filter(~may_hold, bundle__isnull=False)
    for pk, state in others.values_list("pk", "state"):
        yield "A1", f"application {pk} is {state} and holds a place"
    offered = Application.objects.filter(
        state=State.OFFERED, seat_from_waitlist=True, bundle=None
    )
    for pk in offered.values_list("pk", flat=True):
        yield "A1", f"application {pk} was offered a freed place that is not held"
    freed = Application.objects.filter(state__in=HOLDING, bundle__isnull=False).exclude(
        bundle__in=SeatClaim.objects.filter(LIVE, bundle__isnull=False).values("bundle")
    )
    ended = SeatClaim.objects.filter(release_reason=STUDIES_ENDED).values("bundle")
    for pk in freed.exclude(state=State.ENROLLED, bundle__in=ended).values_list(
        "pk", flat=True
    ):
        yield "A1", f"application {pk} holds a bundle that was released"


def _decisions() -> Iterator[tuple[str, str]]:
    for decision in Decision.objects.iterator():
        known = _KNOWN[Outcome(decision.outcome)]
        if not decision.reasons or not set(decision.reasons) <= known:
            yield "A2", f"decision {decision.pk} has no known reasons"
    waiting = Decision.objects.filter(released_at=None, dropped_at=None)
    for decision in waiting.select_related("application"):
        if decision.application.state not in STAGED:
            yield "A2", f"decision {decision.pk} is staged on a case that has moved on"
    told = set(
        OutboxMessage.objects.filter(
            Q(key__startswith="letter:offer:") | Q(key__startswith="letter:rejection:")
        ).values_list("key", flat=True)
    )
    for pk in waiting.values_list("pk", flat=True):
        if any(key.endswith(f":{pk}") for key in told):
            yield "A2", f"decision {pk} was told before it was released"
    several = (
        Decision.objects.filter(released_at__isnull=False)
        .values("application", "released_at")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    for row in several:
        yield "A2", f"application {row['application']} had two decisions released"


def _frozen() -> Iterator[tuple[str, str]]:
    sent = Application.objects.filter(submitted_at__isnull=False)
    for pk in sent.filter(Q(version=None) | Q(verdict={})).values_list("pk", flat=True):
        yield "A3", f"application {pk} was sent without its version or verdict"
    saved = RegisterEntry.objects.filter(verb="application: save")
    when = {named(each): each for each in sent.iterator()}
    for entry in saved.filter(thing__in=list(when)):
        application = when[entry.thing]
        if application.submitted_at and entry.at > application.submitted_at:
            yield "A3", f"application {application.pk} was changed after it was sent"


def _verdicts() -> Iterator[tuple[str, str]]:
    sent = Application.objects.filter(
        submitted_at__isnull=False, verdict__rules=RULES
    ).select_related("version", "run__version")
    for application in sent.iterator():
        now = queries.verdict_of(application)
        if now != application.verdict:
            yield "A4", f"application {application.pk} would get another verdict now"


def _twice() -> Iterator[tuple[str, str]]:
    doubled = (
        Application.objects.exclude(state__in=ENDED)
        .values("person", "run")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    for row in doubled:
        yield "A5", f"person {row['person']} has {row['n']} applications for one run"


def _without_a_day() -> Iterator[tuple[str, str]]:
    ended = LADDER.where("terminal")
    endless = Application.objects.exclude(state__in=ended).filter(move_by=None)
    for pk, state in endless.values_list("pk", "state"):
        yield "A6", f"application {pk} is {state} and no day is set for the next move"


def _fees() -> Iterator[tuple[str, str]]:
    """Whoever took an application back before it was read need not have paid."""
    asked = Application.objects.filter(fee_agreement__isnull=False)
    for application in asked.select_related("fee_agreement"):
        fee = application.fee_agreement
        assert fee is not None  # the query asked for it
        waits, owed = application.state == State.FEE_DUE, owed_on(fee)
        if waits and not owed:
            yield "A7", f"application {application.pk} has its fee and is not read"
        if owed and not waits:
            yield "A7", f"application {application.pk} is read and its fee is owed"
    without = Application.objects.filter(state=State.FEE_DUE, fee_agreement=None)
    for pk in without.values_list("pk", flat=True):
        yield "A7", f"application {pk} waits for a fee that nobody asked"
