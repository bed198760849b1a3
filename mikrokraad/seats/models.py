"""How many places there are, who claims them, and who waits.

Claims are counted from rows under row locks taken in id order (S1); there is no
counter to drift.
"""

import uuid

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.people.models import Person
from mikrokraad.seats.rules import ClaimState, Waiting

LIVE = Q(state__in=[ClaimState.HELD, ClaimState.CONFIRMED])


class CapacityUnit(models.Model):
    """A number of places: of a run, or of a course section shared with others."""

    run = models.OneToOneField(
        Run, models.PROTECT, null=True, blank=True, related_name="capacity"
    )
    section = models.OneToOneField(
        CourseSection, models.PROTECT, null=True, blank=True, related_name="capacity"
    )
    size = models.PositiveIntegerField()
    # Grows with every claim, pool or size that changes, by triggers; never a count.
    changes = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    overbooking_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="places_are_of_a_run_or_of_a_section",
                condition=Q(run__isnull=True) ^ Q(section__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"capacity {self.pk} ({self.size})"


class Pool(models.Model):
    """A part of a unit's places kept for, or limited for, one group of people."""

    unit = models.ForeignKey(CapacityUnit, models.PROTECT, related_name="pools")
    key = models.SlugField()
    reserved = models.PositiveIntegerField(default=0)
    cap = models.PositiveIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_pool_per_key", fields=["unit", "key"])
        ]

    def __str__(self) -> str:
        return f"pool {self.key} of {self.unit_id}"


class Bundle(models.Model):
    """A run's seat and one in every required section: all of them or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="bundles")
    person = models.ForeignKey(Person, models.PROTECT, related_name="bundles")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"bundle {self.pk}"


class SeatClaim(models.Model):
    """One place of one unit, held for a while, confirmed, or released.

    The claimant is a person of ours, or a degree student named by the study
    system's own id.
    """

    unit = models.ForeignKey(CapacityUnit, models.PROTECT, related_name="claims")
    pool = models.ForeignKey(Pool, models.PROTECT, null=True, blank=True)
    bundle = models.ForeignKey(
        Bundle, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="seat_claims"
    )
    outside_id = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=ClaimState)
    held_until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(name="live_claims_of_a_unit", fields=["unit"], condition=LIVE)
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_live_claim_per_person_and_unit",
                fields=["unit", "person"],
                condition=LIVE & Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_live_claim_per_degree_student_and_unit",
                fields=["unit", "outside_id"],
                condition=LIVE & ~Q(outside_id=""),
            ),
            models.CheckConstraint(
                name="a_claim_has_one_claimant",
                condition=Q(person__isnull=False, outside_id="")
                | (Q(person__isnull=True) & ~Q(outside_id="")),
            ),
            models.CheckConstraint(
                name="a_hold_says_until_when",
                condition=~Q(state="held") | Q(held_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_released_claim_says_when_and_why",
                condition=~Q(state="released")
                | (Q(released_at__isnull=False) & ~Q(release_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk} ({self.state})"


class WaitingGroup(models.Model):
    """People on one waiting list who come together or not at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="waiting_groups")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"waiting group {self.pk}"


class WaitlistEntry(models.Model):
    """Somebody waiting for a place on a run; first by class, then by time."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="waitlist")
    person = models.ForeignKey(Person, models.PROTECT, related_name="waitlist_entries")
    rank_class = models.PositiveSmallIntegerField(default=1)
    joined_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=Waiting, default=Waiting.WAITING)
    offered_until = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=300, blank=True)
    group = models.ForeignKey(
        WaitingGroup, models.PROTECT, null=True, blank=True, related_name="entries"
    )

    class Meta:
        indexes = [
            models.Index(
                name="who_is_next",
                fields=["run", "rank_class", "joined_at", "id"],
                condition=Q(state="waiting"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_live_waitlist_entry_per_person_and_run",
                fields=["run", "person"],
                condition=Q(state__in=["waiting", "offered"]),
            ),
            models.CheckConstraint(
                name="skipped_people_are_told_why",
                condition=~Q(state="skipped") | ~Q(skip_reason=""),
            ),
            models.CheckConstraint(
                name="waitlist_offers_end",
                condition=~Q(state="offered") | Q(offered_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"waitlist entry {self.pk} ({self.state})"


class PassedOver(models.Model):
    """A place went to somebody behind a group, because it was too few for all of them."""

    entry = models.ForeignKey(WaitlistEntry, models.CASCADE, related_name="passed_over")
    at = models.DateTimeField()
    needed = models.PositiveSmallIntegerField()
    free = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_too_few_places_pass_a_group_over",
                condition=Q(free__lt=models.F("needed")),
            )
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} passed over"
