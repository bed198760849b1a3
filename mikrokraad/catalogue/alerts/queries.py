"""Alerts that wait for something to happen, and whom they are to tell now."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.alerts.rules import (
    BEFORE,
    DAYS_TO_GO_ON,
    UNCONFIRMED_DAYS,
    WEEK,
    AlertKind,
    reminder_due,
)
from mikrokraad.catalogue.models import Alert, AlertTold, Programme, Run
from mikrokraad.catalogue.published import open_runs
from mikrokraad.catalogue.queries import how_it_stands, published_runs
from mikrokraad.catalogue.rules import Applying
from mikrokraad.catalogue.search.current import current
from mikrokraad.catalogue.search.finding import Found
from mikrokraad.catalogue.search.sheets import Moment
from mikrokraad.core.calendar import day_of, start_of
from mikrokraad.people.models import Person

MOST_AT_ONCE = 500
MOST_PROGRAMMES = 60
AHEAD = BEFORE[WEEK] + timedelta(days=14)  # with whatever holidays there are


def alert_of(token: str) -> Alert | None:
    """The alert that somebody holds the way to, whatever has become of it."""
    alerts = Alert.objects.select_related(
        "programme", "run__version__programme", "run__intake"
    )
    return alerts.filter(token=token).first()


def alerts_of(person: Person) -> QuerySet[Alert]:
    """What goes to the address with which this person signs in, the earliest first."""
    return (
        Alert.objects.filter(email__iexact=person.email, ended_at__isnull=True)
        .exclude(email="")
        .select_related("programme", "run__version__programme", "run__intake")
        .order_by("asked_at", "pk")
    )


def confirmed_alerts_of(person: Person) -> QuerySet[Alert]:
    """Without those that somebody else may have asked for."""
    return alerts_of(person).filter(confirmed_at__isnull=False)


def alert_to_stop(person: Person, pk: UUID) -> Alert | None:
    """One of this person's; or one that has ended, which is nobody's any more."""
    mine = Q(email__iexact=person.email, confirmed_at__isnull=False)
    return Alert.objects.filter(mine | Q(ended_at__isnull=False), pk=pk).first()


def last_day(alert: Alert) -> date | None:
    """The last day of a saved search, if nobody says anything; others have none."""
    if alert.kind != AlertKind.SEARCH:
        return None
    if alert.asked_again_at is not None:
        return day_of(alert.asked_again_at + timedelta(days=DAYS_TO_GO_ON))
    began = alert.renewed_at or alert.confirmed_at or alert.asked_at
    return saved_until(at=began)


def saved_until(*, at: datetime) -> date:
    """The day on which a search that is saved now asks whether to go on."""
    return day_of(at + timedelta(days=settings.SAVED_SEARCH_DAYS))


def searches_to_ask(*, at: datetime) -> list[Alert]:
    """Saved searches whose time is over and that have not asked whether to go on."""
    since = at - timedelta(days=settings.SAVED_SEARCH_DAYS)
    over = (
        live_alerts(AlertKind.SEARCH)
        .annotate(began=Coalesce("renewed_at", "confirmed_at"))
        .filter(began__lte=since, asked_again_at__isnull=True)
    )
    return list(over.order_by("pk")[:MOST_AT_ONCE])


def searches_without_answer(*, at: datetime) -> QuerySet[Alert]:
    """Those that asked, and whose owner has said nothing."""
    since = at - timedelta(days=DAYS_TO_GO_ON)
    return live_alerts(AlertKind.SEARCH).filter(asked_again_at__lt=since)


def live_alerts(kind: AlertKind) -> QuerySet[Alert]:
    """Those that somebody has confirmed and not stopped."""
    return Alert.objects.filter(
        kind=kind, confirmed_at__isnull=False, ended_at__isnull=True
    )


def never_confirmed(*, at: datetime) -> QuerySet[Alert]:
    """Those whose letter nobody answered in a week."""
    return Alert.objects.filter(
        confirmed_at__isnull=True,
        ended_at__isnull=True,
        asked_at__lt=at - timedelta(days=UNCONFIRMED_DAYS),
    )


def searches_to_look_at(*, at: datetime) -> list[Alert]:
    """Saved searches that nobody has looked at today."""
    today = start_of(day_of(at))
    waiting = live_alerts(AlertKind.SEARCH).filter(
        Q(looked_at=None) | Q(looked_at__lt=today)
    )
    return list(waiting.order_by("query", "pk")[:MOST_AT_ONCE])


def open_of(programme: Programme, *, at: datetime) -> QuerySet[Run]:
    """The runs of a programme that take applications now."""
    return open_runs(at=at).filter(version__programme=programme)


def openings_to_tell(*, at: datetime) -> Iterator[tuple[Alert, Run]]:
    """Each with a run of its programme that takes applications now, if it is news."""
    runs = open_runs(at=at).filter(version__programme=OuterRef("programme"))
    known = AlertTold.objects.filter(alert=OuterRef(OuterRef("pk")), run=OuterRef("pk"))
    waiting = live_alerts(AlertKind.OPENING).annotate(
        news=Subquery(runs.exclude(Exists(known)).values("pk")[:1])
    )
    told = list(waiting.filter(news__isnull=False).order_by("pk")[:MOST_AT_ONCE])
    by_key = {
        run.pk: run for run in open_runs(at=at).filter(pk__in=[a.news for a in told])
    }
    for alert in told:
        yield alert, by_key[alert.news]


def reminders_due(*, at: datetime) -> Iterator[tuple[Alert, Run, str]]:
    """Each with its run, and the occasion that it has not been told of."""
    today = day_of(at)
    near = (
        live_alerts(AlertKind.DEADLINE)
        .annotate(last_day=LAST_DAY)
        .filter(last_day__lte=today + AHEAD, last_day__gte=today)
        .select_related("run__intake", "run__version__programme", "run__contact")
    )
    told = _told_of(near)
    for alert in near.order_by("pk"):
        run, due = alert.run, ""
        assert run is not None  # held by a database constraint
        if how_it_stands(run, at=at) == Applying.OPEN:
            due = reminder_due(run.deadline, today=today)
        occasion = f"{due} {run.deadline}"
        if due and (alert.pk, occasion) not in told:
            yield alert, run, occasion


LAST_DAY = Coalesce("run__own_deadline", "run__intake__default_deadline")


def _told_of(alerts: QuerySet[Alert]) -> set[tuple[object, str]]:
    rows = AlertTold.objects.filter(alert__in=alerts.values("pk"))
    return set(rows.values_list("alert", "occasion"))


def past_their_deadline(*, at: datetime) -> QuerySet[Alert]:
    """Alerts about a deadline that is over, or a run that will not be."""
    over = Q(last_day__lt=day_of(at)) | Q(run__cancelled_at__isnull=False)
    return (
        Alert.objects.filter(kind=AlertKind.DEADLINE, ended_at__isnull=True)
        .annotate(last_day=LAST_DAY)
        .filter(over)
    )


def new_for(alert: Alert, *, at: datetime) -> list[Run]:
    """Runs that fit a saved search, came or opened since it was confirmed, and are untold."""
    since = alert.confirmed_at
    assert since is not None  # only confirmed alerts are looked at
    told = set(alert.told.values_list("run", flat=True))
    fitting = [pk for pk in _fitting(alert, at=at) if pk not in told]
    runs = published_runs().filter(
        Q(published_at__gt=since) | Q(opens_at__gt=since, opens_at__lte=at),
        pk__in=fitting,
        commissioned_by=None,
    )
    return [run for run in _in_order(runs, fitting) if _is_to_come(run, at=at)]


def _fitting(alert: Alert, *, at: datetime) -> list[object]:
    index = current()
    asked = dict(parse_qsl(alert.query))
    want = filters.wanted(asked, index.shelf.knows)
    if set(want.chosen) < set(filters.wanted(asked).chosen):
        return []  # no run has what is asked for
    found = Found(index, want, Moment(at), language=alert.language)
    return [hit.run for hit in found.hits(0, found.count)]


def _in_order(runs: Iterable[Run], order: list[object]) -> list[Run]:
    places = {pk: place for place, pk in enumerate(order)}
    return sorted(runs, key=lambda run: places[run.pk])[:MOST_PROGRAMMES]


def _is_to_come(run: Run, *, at: datetime) -> bool:
    return how_it_stands(run, at=at) in (Applying.OPEN, Applying.NOT_YET)
