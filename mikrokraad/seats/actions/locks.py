"""What every step on places does: lock the units in id order, look, let go (S1)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import RunSection
from mikrokraad.people.models import Person
from mikrokraad.seats import queries
from mikrokraad.seats.models import Bundle, CapacityUnit, SeatClaim
from mikrokraad.seats.rules import ClaimState, HoldHasExpired


def lock_units_of(bundle: Bundle) -> list[CapacityUnit]:
    """The units a bundle needs or has a seat in, locked in id order (S1)."""
    units = queries.units_of(bundle)
    return list(units.select_for_update(of=("self",)).order_by("pk"))


def claims_on(
    units: Iterable[CapacityUnit], person: Person, at: datetime
) -> list[SeatClaim]:
    """What this person holds there, also through another programme's bundle."""
    return list(
        SeatClaim.objects.filter(queries.counts_now(at), person=person, unit__in=units)
    )


def whole(bundle: Bundle, at: datetime) -> list[SeatClaim]:
    """The claims a bundle stands on, units locked. Refuses when one is not there."""
    units = lock_units_of(bundle)
    claims = claims_on(units, bundle.person, at)
    if len(claims) < len(units) or not queries.live_claims(bundle).exists():
        raise HoldHasExpired(
            _("The time to take this place has run out, and it went to others.")
        )
    return claims


def hold_longer(claims: Iterable[SeatClaim], until: datetime) -> None:
    """Extend the holds among `claims`; none of them becomes shorter."""
    SeatClaim.objects.filter(
        pk__in=[claim.pk for claim in claims],
        state=ClaimState.HELD,
        held_until__lt=until,
    ).update(held_until=until)


def let_go_of(
    claims: Iterable[SeatClaim], reason: str, at: datetime
) -> list[CapacityUnit]:
    """Release claims; the units that have more room now. A unit that fits again needs
    no reason for being overbooked."""
    ids = [claim.pk for claim in claims]
    units = list(CapacityUnit.objects.filter(claims__in=ids).distinct())
    SeatClaim.objects.filter(pk__in=ids).update(
        state=ClaimState.RELEASED, released_at=at, release_reason=reason
    )
    forget_why_overbooked(units)
    return units


def forget_why_overbooked(units: Iterable[CapacityUnit]) -> None:
    reasoned = [unit for unit in units if unit.overbooking_reason]
    taken = queries.taken_of([unit.pk for unit in reasoned]) if reasoned else {}
    fits = [unit.pk for unit in reasoned if taken.get(unit.pk, 0) <= unit.size]
    CapacityUnit.objects.filter(pk__in=fits).update(overbooking_reason="")


def passed_on(claims: list[SeatClaim], bundle: Bundle, at: datetime) -> set[int]:
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


def runs_of(units: Iterable[CapacityUnit]) -> tuple[UUID, ...]:
    """The runs whose places these units are, directly or through a required section."""
    own = {unit.run_id for unit in units if unit.run_id}
    sections = [unit.section_id for unit in units if unit.section_id]
    shared = RunSection.objects.filter(section__in=sections, required=True)
    return tuple(sorted(own | set(shared.values_list("run", flat=True))))
