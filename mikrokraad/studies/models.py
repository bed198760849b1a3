"""Who studies where, what the results are, and what was earned."""

import uuid

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.rules import Grading
from mikrokraad.fees.models import Agreement
from mikrokraad.people.models import Person
from mikrokraad.seats.models import SeatClaim
from mikrokraad.studies.rules import Earned, EnrolmentState, Grade, Money


class Enrolment(models.Model):
    """One person studying in one run."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    run = models.ForeignKey(Run, models.PROTECT, related_name="enrolments")
    application_id = models.UUIDField(unique=True)
    state = models.CharField(
        max_length=20, choices=EnrolmentState, default=EnrolmentState.REGISTERED
    )
    calendar_token = models.CharField(max_length=43, unique=True)
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_enrolment_per_person_and_run",
                fields=["person", "run"],
                condition=~Q(state="cancelled"),
            )
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk} ({self.state})"


class SectionPlace(models.Model):
    """A learner in a course section; made from a confirmed claim, never counted.

    One claim stands behind two places when the learner takes the section for two runs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="section_places"
    )
    section = models.ForeignKey(
        CourseSection, models.PROTECT, related_name="section_places"
    )
    claim = models.ForeignKey(
        SeatClaim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="section_places",
    )
    entered_grade = models.CharField(max_length=12, choices=Grade, blank=True)
    entered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_place_per_learner_and_section",
                fields=["enrolment", "section"],
            )
        ]

    def __str__(self) -> str:
        return f"section place {self.pk}"


class Result(models.Model):
    """A confirmed grade. Append-only: a correction is a new row that says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(SectionPlace, models.PROTECT, related_name="results")
    grade = models.CharField(max_length=12, choices=Grade)
    scale = models.CharField(max_length=10, choices=Grading)
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_first_result_per_place",
                fields=["place"],
                condition=Q(corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="corrections_say_why",
                condition=Q(corrects__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"result {self.pk}"


class CompletionDecision(models.Model):
    """What an enrolment has earned, computed once and frozen before issue."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.OneToOneField(
        Enrolment, models.PROTECT, related_name="completion"
    )
    earned = models.CharField(max_length=12, choices=Earned)
    passed_ects = models.PositiveSmallIntegerField()
    basis = models.JSONField()
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"completion {self.pk} ({self.earned})"


class Ending(models.Model):
    """Studies that ended early, and what becomes of the money: one case (M7).

    `money` stays empty while the finance desk has to decide about `agreement`.
    """

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="ending")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, blank=True, related_name="ending"
    )
    money = models.CharField(max_length=12, choices=Money, blank=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settled_endings_say_when",
                condition=Q(money="", decided_at__isnull=True)
                | (~Q(money="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="decisions_about_money_say_who_and_why",
                condition=Q(money__in=["", "nothing_owed"])
                | (Q(decided_by__isnull=False) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return f"ending {self.pk} ({self.money or 'open'})"
