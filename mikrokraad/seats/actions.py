"""The one door to places (S4): hold, confirm, release, wait."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mikrokraad.catalogue.events import RunPublished
from mikrokraad.catalogue.models import CourseSection, Run, RunSection
from mikrokraad.core.events import publish
from mikrokraad.core.texts import said
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import queries
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.seats.models import Bundle, CapacityUnit, SeatClaim, WaitlistEntry
from mikrokraad.seats.rules import ClaimState, HoldHasExpired, NoSeatLeft, Waiting

MOST_EXPIRED = 200


@transaction.atomic
def open_capacity(
    thing: Run | CourseSection, size: int, *, by: Person | None, at: datetime
) -> CapacityUnit:
    """Say how many places a run or a section has; called again, it changes the number.

    A larger number frees places; a smaller one than is taken shows as overbooked.
    """
    which: dict[str, Run | CourseSection] = (
        {"run": thing} if isinstance(thing, Run) else {"section": thing}
    )
    unit, created = CapacityUnit.objects.select_for_update().get_or_create(
        **which, defaults={"size": size}
    )
    before = None if created else unit.size
    if before != size:
        unit.size = size
        unit.save(update_fields=["size"])
        record("places set", unit, by=by, at=at, size=size, before=before)
        if before is not None and size > before:
            publish(SeatsFreed(_runs_of([unit]), at))
    return unit


def open_places_of_run(event: RunPublished) -> None:
    """A planned run was published: as many places as it was planned with."""
    run = Run.objects.get(pk=event.run_id)
    open_capacity(run, event.places, by=None, at=event.at)


@transaction.atomic
def take_bundle(
    run: Run, person: Person, *, hold_until: datetime, at: datetime
) -> Bundle:
    """Hold the run's seat and one in every required section: all of them or none.

    Counted from rows under row locks taken in id order (S1). Asked again by who holds
    them already, it returns what they hold. Refuses with NoSeatLeft, which names the
    bottleneck.
    """
    units = list(
        queries.units_needed(run)
        .select_for_update(of=("self",))
        .select_related("run__version", "section__course")
        .order_by("pk")
    )
    held = queries.live_bundle(run, person, at=at)
    if held:
        return held
    _let_go_of(
        SeatClaim.objects.filter(
            person=person,
            unit__in=units,
            state=ClaimState.HELD,
            held_until__lte=at,
        ),
        "hold expired",
        at,
    )
    shared = _claims_on(units, person, at)
    own = {claim.unit_id for claim in shared}
    wanted = [unit for unit in units if unit.pk not in own]
    _refuse_if_full(run, wanted, at)
    bundle = Bundle.objects.create(run=run, person=person, at=at)
    SeatClaim.objects.bulk_create(
        SeatClaim(
            unit=unit,
            bundle=bundle,
            person=person,
            state=ClaimState.HELD,
            held_until=hold_until,
            at=at,
        )
        for unit in wanted
    )
    _hold_longer(shared, hold_until)
    return bundle


def _refuse_if_full(run: Run, units: list[CapacityUnit], at: datetime) -> None:
    left = queries.left_in(units, at=at)
    if not queries.has_places_opened(run):
        raise NoSeatLeft(_("No places have been opened for this programme yet."))
    for unit in sorted(units, key=lambda each: each.run_id is None):
        if left[unit.pk]:
            continue
        if unit.section is None:
            raise NoSeatLeft(
                _("Every place of this programme is taken."), bottleneck="run"
            )
        course = said(unit.section.course.title)
        raise NoSeatLeft(
            _("There is no seat left in the course “{course}”.").format(course=course),
            bottleneck=unit.section.code,
        )


@transaction.atomic
def confirm_bundle(bundle: Bundle, *, at: datetime) -> None:
    """Make a held bundle sure. Twice is once. Refuses with HoldHasExpired (S3)."""
    held = [c.pk for c in _whole(bundle, at) if c.state == ClaimState.HELD]
    SeatClaim.objects.filter(pk__in=held).update(
        state=ClaimState.CONFIRMED, held_until=None
    )


@transaction.atomic
def extend_hold(bundle: Bundle, *, hold_until: datetime, at: datetime) -> None:
    """Hold a bundle for longer. Refuses with HoldHasExpired."""
    _hold_longer(_whole(bundle, at), hold_until)


@transaction.atomic
def choose_sections(
    bundle: Bundle, sections: Collection[CourseSection], *, at: datetime
) -> dict[UUID, SeatClaim]:
    """Beside its required courses, let a confirmed bundle have a seat in exactly these.

    All of them or none; seats in others are given back. The claim of each section is
    answered. Refuses with NoSeatLeft, which names the course, or HoldHasExpired.
    """
    had = queries.chosen_claims(bundle)
    units = list(
        CapacityUnit.objects.filter(
            Q(section__in=sections) | Q(pk__in=had.values("unit"))
        )
        .select_for_update(of=("self",))
        .select_related("section__course")
        .order_by("pk")
    )
    if not queries.live_claims(bundle).filter(state=ClaimState.CONFIRMED).exists():
        raise HoldHasExpired(_("There are no places on this programme any more."))
    wanted = {section.pk for section in sections}
    _let_go_of_unchosen(bundle, wanted, at)
    return _seats_in(bundle, [u for u in units if u.section_id in wanted], at)


def _let_go_of_unchosen(bundle: Bundle, wanted: set[UUID], at: datetime) -> None:
    claims = list(queries.chosen_claims(bundle).exclude(unit__section__in=wanted))
    kept = _passed_on(claims, bundle, at)
    freed = _let_go_of(
        [claim for claim in claims if claim.pk not in kept], "another course chosen", at
    )
    if freed:
        publish(SeatsFreed(_runs_of(freed), at))


def _seats_in(
    bundle: Bundle, units: list[CapacityUnit], at: datetime
) -> dict[UUID, SeatClaim]:
    """The person's claim on each of these locked units, by section."""
    own = {claim.unit_id: claim for claim in _claims_on(units, bundle.person, at)}
    missing = [unit for unit in units if unit.pk not in own]
    _refuse_if_full(bundle.run, missing, at)
    for unit in missing:
        own[unit.pk] = SeatClaim.objects.create(
            unit=unit,
            bundle=bundle,
            person=bundle.person,
            state=ClaimState.CONFIRMED,
            at=at,
        )
    return {unit.section_id: own[unit.pk] for unit in units if unit.section_id}


@transaction.atomic
def release_bundle(bundle: Bundle, *, reason: str, at: datetime) -> None:
    """Give back all of a bundle's places, once; whoever waits may have them."""
    _lock_units_of(bundle)
    claims = list(queries.live_claims(bundle))
    if not claims:
        return
    kept = _passed_on(claims, bundle, at)
    freed = _let_go_of([claim for claim in claims if claim.pk not in kept], reason, at)
    record("place released", bundle, by=None, at=at, reason=reason)
    publish(SeatsFreed(_runs_of(freed), at))


def expire_holds(*, at: datetime) -> int:
    """Release every bundle whose hold has run out. How many there were.

    Each in a transaction of its own. HoldExpired is told first: whoever reacts locks
    people, and people are locked before places.
    """
    run_out = (
        Bundle.objects.filter(claims__state=ClaimState.HELD, claims__held_until__lte=at)
        .order_by("pk")
        .distinct()[:MOST_EXPIRED]
    )
    done = 0
    for bundle in run_out:
        with transaction.atomic():
            publish(HoldExpired(bundle.pk, at))
            _let_expire(bundle, at)
            done += not queries.live_claims(bundle).exists()
    return done


def _let_expire(bundle: Bundle, at: datetime) -> None:
    """Release a bundle, unless it was confirmed, or held for longer, meanwhile."""
    _lock_units_of(bundle)
    if queries.is_over(bundle, at=at):
        release_bundle(bundle, reason="hold expired", at=at)


@transaction.atomic
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
    entry = queries.waitlist_entry(run, person)
    if entry:
        _move(entry, Waiting.LEFT, at)


def next_waiting(run: Run, *, at: datetime) -> WaitlistEntry | None:
    """Whose turn it is; None when nobody waits or no place is free.

    Not locked: whoever offers a place has locked the run's places.
    """
    if queries.places_left([run], at=at)[run.pk].left == 0:
        return None
    return queries.waiting_people(run).first()


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
    """Pass somebody over; `reason` is what they are told."""
    entry.skip_reason = reason
    _move(entry, Waiting.SKIPPED, at)


def _move(entry: WaitlistEntry, state: Waiting, at: datetime) -> None:
    entry.state = state
    entry.save()
    record(f"waiting list: {state.value}", entry, by=None, at=at)


def _lock_units_of(bundle: Bundle) -> list[CapacityUnit]:
    """The units a bundle needs or has a seat in, locked in id order (S1)."""
    units = queries.units_of(bundle)
    return list(units.select_for_update(of=("self",)).order_by("pk"))


def _claims_on(
    units: Iterable[CapacityUnit], person: Person, at: datetime
) -> list[SeatClaim]:
    """What this person holds there, also through another programme's bundle."""
    return list(
        SeatClaim.objects.filter(queries.counts_now(at), person=person, unit__in=units)
    )


def _whole(bundle: Bundle, at: datetime) -> list[SeatClaim]:
    """The claims a bundle stands on, units locked. Refuses when one is not there."""
    units = _lock_units_of(bundle)
    claims = _claims_on(units, bundle.person, at)
    if len(claims) < len(units) or not queries.live_claims(bundle).exists():
        raise HoldHasExpired(
            _("The time to take this place has run out, and it went to others.")
        )
    return claims


def _hold_longer(claims: Iterable[SeatClaim], until: datetime) -> None:
    """Extend the holds among `claims`; none of them becomes shorter."""
    SeatClaim.objects.filter(
        pk__in=[claim.pk for claim in claims],
        state=ClaimState.HELD,
        held_until__lt=until,
    ).update(held_until=until)


def _let_go_of(
    claims: Iterable[SeatClaim], reason: str, at: datetime
) -> list[CapacityUnit]:
    ids = [claim.pk for claim in claims]
    units = list(CapacityUnit.objects.filter(claims__in=ids))
    SeatClaim.objects.filter(pk__in=ids).update(
        state=ClaimState.RELEASED, released_at=at, release_reason=reason
    )
    return units


def _passed_on(claims: list[SeatClaim], bundle: Bundle, at: datetime) -> set[int]:
    """Move seats to another bundle of the same person that shares the section."""
    others = Bundle.objects.filter(
        queries.counts_now_of_claims(at), person=bundle.person_id
    ).exclude(pk=bundle.pk)
    kept = set()
    for other in others.distinct():
        needed = set(queries.units_needed(other.run).values_list("pk", flat=True))
        has = set(queries.live_claims(other).values_list("unit", flat=True))
        for claim in claims:
            if claim.unit_id in needed - has and claim.pk not in kept:
                SeatClaim.objects.filter(pk=claim.pk).update(bundle=other)
                kept.add(claim.pk)
    return kept


def _runs_of(units: Iterable[CapacityUnit]) -> tuple[UUID, ...]:
    """The runs whose places these units are, directly or through a required section."""
    own = {unit.run_id for unit in units if unit.run_id}
    sections = [unit.section_id for unit in units if unit.section_id]
    shared = RunSection.objects.filter(section__in=sections, required=True)
    return tuple(sorted(own | set(shared.values_list("run", flat=True))))
