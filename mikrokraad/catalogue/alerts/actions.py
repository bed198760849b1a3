"""Asking to be told, confirming, telling, stopping. Each may be done twice: it is once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from mikrokraad.catalogue.alerts import letters, queries
from mikrokraad.catalogue.alerts.rules import AlertKind
from mikrokraad.catalogue.models import Alert, AlertTold, Programme, Run
from mikrokraad.catalogue.queries import newest_versions

NEW, OPEN = "new", "open"


def ask(
    kind: AlertKind,
    *,
    email: str,
    language: str,
    at: datetime,
    query: str = "",
    programme: Programme | None = None,
    run: Run | None = None,
) -> Alert:
    """Write to the address and ask whether this is wanted; nothing else until it is.

    Who asks again for the same gets the same letter again. Who waits for an opening
    knows of what is open now, and waits for the next.
    """
    wish = {"kind": kind, "query": query, "programme": programme, "run": run}
    address = email.strip().lower()
    with transaction.atomic():
        alert, created = Alert.objects.get_or_create(
            **wish,
            email=address,
            ended_at=None,
            defaults={"language": language, "asked_at": at},
        )
        if created and programme:
            AlertTold.objects.bulk_create(
                AlertTold(alert=alert, run=known, occasion=OPEN, at=at)
                for known in queries.open_of(programme, at=at)
            )
        letters.write(
            "alert_confirm",
            alert,
            key=f"{alert.pk}:confirm:{at.isoformat()}",
            at=at,
            version=newest_versions([programme.pk])[programme.pk]
            if programme
            else None,
            until=queries.last_day(alert),
        )
    return alert


@transaction.atomic
def confirm(alert: Alert, *, at: datetime) -> Alert:
    """From now on it is told; one that asks whether to go on, goes on.

    One that has ended stays so.
    """
    alert = _locked(alert)
    if alert.ended_at is None and alert.confirmed_at is None:
        alert.confirmed_at = at
        alert.save(update_fields=["confirmed_at"])
    elif alert.ended_at is None and alert.asked_again_at is not None:
        alert.renewed_at, alert.asked_again_at = at, None
        alert.save(update_fields=["renewed_at", "asked_again_at"])
    return alert


@transaction.atomic
def stop(alert: Alert, *, at: datetime) -> Alert:
    """Nothing more is sent, and the address is forgotten."""
    alert = _locked(alert)
    if alert.ended_at is None:
        alert.ended_at, alert.email = at, ""
        alert.save(update_fields=["ended_at", "email"])
    return alert


def _locked(alert: Alert) -> Alert:
    return Alert.objects.select_for_update().get(pk=alert.pk)


# What the clock does --------------------------------------------------------------------


def tell_of_openings(*, at: datetime) -> int:
    """Who waits for a programme hears that it is open; that was all they asked for."""
    told = 0
    for alert, run in queries.openings_to_tell(at=at):
        told += _tell("alert_opening", alert, [run], occasion=OPEN, at=at, last=True)
    return told


def remind_of_deadlines(*, at: datetime) -> int:
    told = 0
    for alert, run, occasion in queries.reminders_due(at=at):
        told += _tell("alert_deadline", alert, [run], occasion=occasion, at=at)
    return told


def tell_of_new_programmes(*, at: datetime) -> int:
    """Saved searches, each looked at once a day: one letter with all that is new."""
    told = 0
    for alert in queries.searches_to_look_at(at=at):
        runs = queries.new_for(alert, at=at)
        told += bool(runs) and _tell("alert_search", alert, runs, occasion=NEW, at=at)
        Alert.objects.filter(pk=alert.pk).update(looked_at=at)
    return told


def _tell(
    letter: str,
    alert: Alert,
    runs: Iterable[Run],
    *,
    occasion: str,
    at: datetime,
    last: bool = False,
) -> bool:
    """Write one letter, and keep of what. False when it has been told, or was stopped."""
    told = list(runs)
    try:
        with transaction.atomic():
            alert = _locked(alert)
            if alert.ended_at is not None:
                return False
            AlertTold.objects.bulk_create(
                AlertTold(alert=alert, run=run, occasion=occasion, at=at)
                for run in told
            )
            key = f"{alert.pk}:{occasion}:{told[0].pk}"
            letters.write(
                letter,
                alert,
                key=key,
                at=at,
                runs=told,
                run=told[0],
                until=queries.last_day(alert),
            )
            if last:
                stop(alert, at=at)
    except IntegrityError:  # another worker was faster
        return False
    return True


def ask_whether_to_go_on(*, at: datetime) -> int:
    """Saved searches that have gone on for long ask once; who says nothing ends them."""
    return sum(_ask_again(each, at=at) for each in queries.searches_to_ask(at=at))


@transaction.atomic
def _ask_again(alert: Alert, *, at: datetime) -> bool:
    alert = _locked(alert)
    if alert.ended_at is not None or alert.asked_again_at is not None:
        return False
    alert.asked_again_at = at
    alert.save(update_fields=["asked_again_at"])
    letters.write(
        "alert_go_on",
        alert,
        key=f"{alert.pk}:go on:{at.isoformat()}",
        at=at,
        until=queries.last_day(alert),
    )
    return True


def end_what_is_over(*, at: datetime) -> int:
    """Reminders of deadlines that have passed end, and searches that nobody wants to go
    on; they forget their address."""
    over = [queries.past_their_deadline(at=at), queries.searches_without_answer(at=at)]
    return sum(each.update(ended_at=at, email="") for each in over)


def forget_unconfirmed(*, at: datetime) -> int:
    """What nobody confirmed is deleted."""
    count, _kinds = queries.never_confirmed(at=at).delete()
    return count
