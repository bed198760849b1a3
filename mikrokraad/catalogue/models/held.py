"""When it is held: terms, course sections and sessions, intakes, runs and prices."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from mikrokraad.catalogue.models.offered import Course, ProgrammeVersion
from mikrokraad.catalogue.rules import (
    AdmissionMode,
    Mode,
    PaymentRule,
    PriceKind,
    VatReason,
)
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person


class Term(models.Model):
    """A semester, such as spring 2027."""

    code = models.SlugField(primary_key=True)
    name = TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    def __str__(self) -> str:
        return self.code


class CourseSection(models.Model):
    """One teaching of a course in a term, shared with degree students."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sections")
    term = models.ForeignKey(Term, models.PROTECT)
    code = models.CharField(max_length=40, unique=True)
    teachers = models.ManyToManyField(
        Person, related_name="sections_taught", blank=True
    )
    language = models.CharField(max_length=2)
    mode = models.CharField(max_length=8, choices=Mode)

    def __str__(self) -> str:
        return self.code


class Session(models.Model):
    """One meeting of a section. The room or the link is known to learners only."""

    section = models.ForeignKey(CourseSection, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=80, blank=True)
    link = models.URLField(blank=True)
    is_exam = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sessions_end_after_they_start",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
            models.UniqueConstraint(
                name="a_section_meets_once_at_a_time", fields=["section", "starts_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"


class Intake(models.Model):
    """A semester's start, with the deadline that holds unless a run has its own."""

    term = models.OneToOneField(Term, models.PROTECT)
    name = TextField()
    default_deadline = models.DateField()

    def __str__(self) -> str:
        return f"intake {self.term_id}"


class Run(models.Model):
    """One run of a programme in an intake: dates, price, places, contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="runs")
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="runs")
    languages = models.JSONField(default=list)
    mode = models.CharField(max_length=8, choices=Mode)
    place = TextField()
    opens_at = models.DateTimeField()
    own_deadline = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    min_group = models.PositiveSmallIntegerField(default=0)
    decide_by = models.DateField(null=True, blank=True)
    admission_mode = models.CharField(
        max_length=8, choices=AdmissionMode, default=AdmissionMode.DECIDED
    )
    payment_rule = models.CharField(
        max_length=8, choices=PaymentRule, default=PaymentRule.IN_FULL
    )
    fee_includes = TextField()
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sections: "models.ManyToManyField[CourseSection, RunSection]" = (
        models.ManyToManyField(CourseSection, through="RunSection")
    )
    commissioned_by = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="next_to_open",
                fields=["opens_at"],
                condition=Q(published_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_run_per_version_and_intake", fields=["version", "intake"]
            ),
            models.CheckConstraint(
                name="runs_end_after_they_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"

    @property
    def deadline(self) -> date:
        """The last day to apply. Needs `intake` to be fetched with the run."""
        return self.own_deadline or self.intake.default_deadline


class RunSection(models.Model):
    """A course section that the learners of a run join; required, or to choose."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="run_sections")
    section = models.ForeignKey(
        CourseSection, models.PROTECT, related_name="run_sections"
    )
    required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_section_stands_once_in_a_run", fields=["run", "section"]
            )
        ]

    def __str__(self) -> str:
        return f"section {self.section_id} of run {self.run_id}"


class PriceLine(models.Model):
    """One line of a run's price, with its VAT and the reason for it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="price_lines")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=16, choices=PriceKind)
    text = TextField()
    net_cents = models.PositiveIntegerField()
    vat_percent = models.DecimalField(max_digits=4, decimal_places=2, default=0)
    vat_reason = models.CharField(max_length=16, choices=VatReason)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="price_lines_are_in_order", fields=["run", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"price line {self.position} of run {self.run_id}"
