"""The waiting list: joining, leaving, coming together, and being offered a place."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Run
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats.models import PassedOver, WaitingGroup, WaitlistEntry
from mikrokraad.seats.rules import CannotJoinGroup, Waiting
from mikrokraad.seats.waiting import Turn, waitlist_entry


@transaction.atomic(savepoint=False)
def join_waitlist(run: Run, person: Person, *, at: datetime) -> WaitlistEntry:
    """Wait for a place, after those who wait already. Twice is once."""
    entry, created = WaitlistEntry.objects.get_or_create(
        run=run,
        person=person,
        state__in=[Waiting.WAITING, Waiting.OFFERED],
        defaults={"joined_at": at, "state": Waiting.WAITING},
    )
    if created:
        record("joined the waiting list", entry, by=person, at=at)
    return entry


@transaction.atomic
def leave_waitlist(run: Run, person: Person, *, at: datetime) -> None:
    """Wait no longer. Nothing happens to who does not wait."""
    entry = waitlist_entry(run, person)
    if entry:
        _move(entry, Waiting.LEFT, at)


@transaction.atomic
def mark_offered(entry: WaitlistEntry, *, until: datetime, at: datetime) -> None:
    entry.offered_until = until
    _move(entry, Waiting.OFFERED, at)


@transaction.atomic
def mark_placed(entry: WaitlistEntry, *, at: datetime) -> None:
    _move(entry, Waiting.PLACED, at)


@transaction.atomic
def mark_left(entry: WaitlistEntry, *, at: datetime) -> None:
    _move(entry, Waiting.LEFT, at)


@transaction.atomic
def mark_skipped(entry: WaitlistEntry, *, reason: str, at: datetime) -> None:
    """Take somebody out of the list; `reason` is a code that pages put into words."""
    entry.skip_reason = reason
    _move(entry, Waiting.SKIPPED, at)


def mark_passed_over(turn: Turn, *, at: datetime) -> None:
    """A turn goes first because groups before it need more places than are free.

    They keep their position; each of their people can read why.
    """
    PassedOver.objects.bulk_create(
        PassedOver(entry=entry, at=at, needed=len(group), free=turn.free)
        for group in turn.passed
        for entry in group
    )


# Groups that come together -------------------------------------------------------


@transaction.atomic
def make_group(run: Run, person: Person, *, at: datetime) -> WaitingGroup:
    """Let somebody who waits ask others of the list to come together. Twice is once.

    Refuses with CannotJoinGroup.
    """
    entry = _waiting(run, person)
    if entry.group:
        return entry.group
    entry.group = WaitingGroup.objects.create(run=run, made_at=at)
    entry.save(update_fields=["group"])
    record("made a waiting group", entry, by=person, at=at)
    return entry.group


@transaction.atomic
def join_group(group: WaitingGroup, person: Person, *, at: datetime) -> None:
    """Wait together: all are offered places in the same moment, or none.

    The group stands where its last member stands. Twice is once. Refuses with
    CannotJoinGroup who does not wait for this run, or when the group is full.
    """
    group = WaitingGroup.objects.select_for_update().get(pk=group.pk)
    entry = _waiting(group.run, person)
    if entry.group_id == group.pk:
        return
    there = group.entries.filter(state=Waiting.WAITING).count()
    if not there:
        raise CannotJoinGroup(
            _("Nobody of this group waits any more. Make a group of your own.")
        )
    if there >= settings.WAITING_GROUP_MAX:
        raise CannotJoinGroup(
            _(
                "This group is full: at most {most} people come together. Wait on your "
                "own, or make another group."
            ).format(most=settings.WAITING_GROUP_MAX)
        )
    entry.group = group
    entry.save(update_fields=["group"])
    record("joined a waiting group", entry, by=person, at=at)


@transaction.atomic
def leave_group(run: Run, person: Person, *, at: datetime) -> None:
    """Wait alone again, at one's own position. Nothing happens to who waits alone."""
    entry = waitlist_entry(run, person)
    if entry and entry.group_id and entry.state == Waiting.WAITING:
        entry.group = None
        entry.save(update_fields=["group"])
        record("left a waiting group", entry, by=person, at=at)


def _waiting(run: Run, person: Person) -> WaitlistEntry:
    """This person's entry, locked. Refuses with CannotJoinGroup."""
    entry = (
        WaitlistEntry.objects.select_for_update(of=("self",))
        .select_related("group")
        .filter(run=run, person=person, state=Waiting.WAITING)
        .first()
    )
    if entry is None:
        raise CannotJoinGroup(
            _(
                "Only people on the same waiting list can come together. Apply first; "
                "when you wait, open the link again."
            )
        )
    return entry


def _move(entry: WaitlistEntry, state: Waiting, at: datetime) -> None:
    entry.state = state
    entry.save()
    record(f"waiting list: {state.value}", entry, by=None, at=at)
