"""Each invariant, broken on purpose past the door, is seen and named."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from mikrokraad.core import clock
from mikrokraad.people.tests.factories import person
from mikrokraad.seats import actions, invariants
from mikrokraad.seats.clocks import tick
from mikrokraad.seats.models import Bundle, CapacityUnit, SeatClaim, WaitlistEntry
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def broken(*, later: timedelta = timedelta()) -> set[str]:
    found = list(invariants.broken(at=clock.now() + later))
    assert all(sentence for _code, sentence in found)
    return {code for code, _sentence in found}


def bundle(places: int = 3) -> Bundle:
    at = clock.now()
    return actions.take_bundle(
        run_with_places(places), person(), hold_until=at + WEEK, at=at
    )


def test_nothing_is_broken_in_a_sound_house() -> None:
    held = bundle()
    actions.confirm_bundle(held, at=clock.now())
    actions.join_waitlist(run_with_places(0), person(), at=clock.now())

    assert broken(later=timedelta(hours=1)) == set()
    assert set(invariants.CHECKED) == {"S1", "S2", "S3", "S4", "S5"}


def test_s1_more_claims_than_places() -> None:
    bundle()
    CapacityUnit.objects.update(size=0)

    assert broken() == {"S1"}


def test_s1_knows_places_overbooked_for_a_reason() -> None:
    bundle()
    CapacityUnit.objects.update(size=0, overbooking_reason="The dean allowed it.")

    assert broken() == set()


def test_s2_two_places_for_one_person() -> None:
    held = bundle()
    claim = held.claims.order_by("pk")[0]
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_live_claim_per_person_and_unit")

    SeatClaim.objects.create(
        unit=claim.unit,
        bundle=held,
        person=held.person,
        state="held",
        held_until=claim.held_until,
        at=clock.now(),
    )

    assert broken() == {"S2"}


def test_s3_half_a_bundle() -> None:
    claim = bundle().claims.order_by("pk")[0]
    SeatClaim.objects.filter(pk=claim.pk).update(
        state="released", released_at=clock.now(), release_reason="nobody knows"
    )

    assert broken() == {"S3"}


def test_s4_a_place_that_came_through_no_door() -> None:
    at = clock.now()
    run = run_with_places(1)
    SeatClaim.objects.create(
        unit=run.capacity, person=person(), state="confirmed", at=at
    )

    assert broken() == {"S4"}


def test_s4_a_place_of_somebody_else() -> None:
    Bundle.objects.filter(pk=bundle().pk).update(person=person())

    assert "S4" in broken()


def test_s5_somebody_waits_while_a_place_is_free() -> None:
    WaitlistEntry.objects.create(
        run=run_with_places(1), person=person(), joined_at=clock.now()
    )

    assert broken() == set()
    assert broken(later=timedelta(hours=1)) == {"S5"}


def test_the_clock_expires_holds_once_and_has_a_switch(settings: Settings) -> None:
    bundle()
    later = clock.now() + WEEK

    settings.SEAT_HOLDS_EXPIRE = False
    assert tick(at=later) == []
    settings.SEAT_HOLDS_EXPIRE = True
    assert tick(at=later) == ["1 holds on places ran out."]
    assert tick(at=later) == []
