"""A bundle of places: held, confirmed, chosen, released."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.events import publish
from mikrokraad.core.texts import said
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats import queries
from mikrokraad.seats.actions.locks import (
    claims_on,
    hold_longer,
    let_go_of,
    lock_units_of,
    passed_on,
    runs_of,
    whole,
)
from mikrokraad.seats.alternatives import electives_with_room
from mikrokraad.seats.events import HoldExpired, SeatsFreed
from mikrokraad.seats.models import LIVE, Bundle, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import ClaimState, HoldHasExpired, NoSeatLeft, PoolKey
from mikrokraad.seats.words import instead_text

MOST_EXPIRED = 200


@transaction.atomic
def take_bundle(
    run: Run,
    person: Person,
    *,
    hold_until: datetime,
    at: datetime,
    pool: PoolKey = PoolKey.MICRO,
) -> Bundle:
    """Hold the run's seat and one in every required section: all of them or none.

    Where a unit has a pool for such people, the place is one of it: its cap limits
    them, and what is kept for others is not theirs until it is released.

    Counted from rows under row locks taken in id order (S1). Asked again by who holds
    them already, it returns what they hold. Refuses with NoSeatLeft, which names the
    bottleneck.
    """
    sections = queries.required_sections(run)
    units = list(
        CapacityUnit.objects.filter(Q(run=run) | Q(section__in=sections))
        .select_for_update()
        .order_by("pk")
    )
    shared, run_out = _own_claims(units, person, at)
    held = next((each.bundle for each in shared if _is_of(run, each, units)), None)
    if held:
        return held
    if run_out:
        let_go_of(run_out, "hold expired", at)
    if len(units) <= len(sections):
        raise NoSeatLeft(_("No places have been opened for this programme yet."))
    own = {claim.unit_id for claim in shared}
    wanted = [unit for unit in units if unit.pk not in own]
    pools = _pools_with_room(wanted, key=pool, at=at)
    bundle = Bundle.objects.create(run=run, person=person, at=at)
    SeatClaim.objects.bulk_create(
        SeatClaim(
            unit=unit,
            pool_id=pools[unit.pk],
            bundle=bundle,
            person=person,
            state=ClaimState.HELD,
            held_until=hold_until,
            at=at,
        )
        for unit in wanted
    )
    hold_longer(shared, hold_until)
    return bundle


def require_place(run: Run, person: Person) -> None:
    """Lock a run's places, and refuse with NoSeatLeft when others have them all.

    A first look for many who come at once, in a transaction of the caller's: nothing
    is written, so that nothing has to be undone.
    """
    units = queries.units_needed(run).select_for_update(of=("self",)).order_by("pk")
    own = next((unit for unit in units if unit.run_id == run.pk), None)
    if own and own.claims.filter(LIVE).exclude(person=person).count() >= own.size:
        raise _no_seat_in(own)


def _own_claims(
    units: list[CapacityUnit], person: Person, at: datetime
) -> tuple[list[SeatClaim], list[SeatClaim]]:
    """What this person holds there, also through another programme's bundle; and what
    of it has run out."""
    live = list(
        SeatClaim.objects.filter(
            LIVE, person=person, unit__in=[unit.pk for unit in units]
        ).select_related("bundle")
    )
    run_out = [each for each in live if each.held_until and each.held_until <= at]
    return [each for each in live if each not in run_out], run_out


def _is_of(run: Run, claim: SeatClaim, units: list[CapacityUnit]) -> bool:
    return any(unit.pk == claim.unit_id and unit.run_id == run.pk for unit in units)


def _pools_with_room(
    units: list[CapacityUnit], *, key: str, at: datetime
) -> dict[int, int | None]:
    """The pool of each unit a place is taken in. Refuses with NoSeatLeft."""
    room = queries.room_in(units, at=at, key=key)
    for unit in sorted(units, key=lambda each: each.run_id is None):
        if not room[unit.pk].left:
            raise _no_seat_in(unit)
    return {unit.pk: room[unit.pk].pool_id for unit in units}


def _no_seat_in(unit: CapacityUnit) -> NoSeatLeft:
    if unit.section is None:
        return NoSeatLeft(
            _("Every place of this programme is taken."), bottleneck="run"
        )
    course = said(unit.section.course.title)
    return NoSeatLeft(
        _("There is no seat left in the course “{course}”.").format(course=course),
        bottleneck=unit.section.code,
    )


@transaction.atomic
def confirm_bundle(bundle: Bundle, *, at: datetime) -> None:
    """Make a held bundle sure. Twice is once. Refuses with HoldHasExpired (S3)."""
    held = [c.pk for c in whole(bundle, at) if c.state == ClaimState.HELD]
    SeatClaim.objects.filter(pk__in=held).update(
        state=ClaimState.CONFIRMED, held_until=None
    )


@transaction.atomic
def extend_hold(bundle: Bundle, *, hold_until: datetime, at: datetime) -> None:
    """Hold a bundle for longer. Refuses with HoldHasExpired."""
    hold_longer(whole(bundle, at), hold_until)


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
    kept = passed_on(claims, bundle, at)
    freed = let_go_of(
        [claim for claim in claims if claim.pk not in kept], "another course chosen", at
    )
    if freed:
        publish(SeatsFreed(runs_of(freed), at))


def _seats_in(
    bundle: Bundle, units: list[CapacityUnit], at: datetime
) -> dict[UUID, SeatClaim]:
    """The person's claim on each of these locked units, by section."""
    own = {claim.unit_id: claim for claim in claims_on(units, bundle.person, at)}
    missing = [unit for unit in units if unit.pk not in own]
    pools = _room_to_choose(bundle, missing, at=at)
    for unit in missing:
        own[unit.pk] = SeatClaim.objects.create(
            unit=unit,
            pool_id=pools[unit.pk],
            bundle=bundle,
            person=bundle.person,
            state=ClaimState.CONFIRMED,
            at=at,
        )
    return {unit.section_id: own[unit.pk] for unit in units if unit.section_id}


def _room_to_choose(
    bundle: Bundle, units: list[CapacityUnit], *, at: datetime
) -> dict[int, int | None]:
    """As for a whole bundle; the refusal also says what could be chosen instead."""
    try:
        return _pools_with_room(units, key=PoolKey.MICRO, at=at)
    except NoSeatLeft as full:
        had = queries.live_claims(bundle).values_list("unit__section", flat=True)
        told = instead_text(
            each
            for each in electives_with_room(bundle.run, at=at)
            if each.section.pk not in set(had)
        )
        raise NoSeatLeft(
            f"{full.message} {told}".strip(), bottleneck=full.bottleneck
        ) from None


@transaction.atomic
def release_bundle(bundle: Bundle, *, reason: str, at: datetime) -> None:
    """Give back all of a bundle's places, once; whoever waits may have them."""
    lock_units_of(bundle)
    claims = list(queries.live_claims(bundle))
    if not claims:
        return
    kept = passed_on(claims, bundle, at)
    freed = let_go_of([claim for claim in claims if claim.pk not in kept], reason, at)
    record("place released", bundle, by=None, at=at, reason=reason)
    publish(SeatsFreed(runs_of(freed), at))


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
    lock_units_of(bundle)
    if queries.is_over(bundle, at=at):
        release_bundle(bundle, reason="hold expired", at=at)
