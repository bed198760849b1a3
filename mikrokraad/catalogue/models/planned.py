"""Runs that are being prepared: what is not decided yet stays empty."""

import uuid

from django.db import models

from mikrokraad.catalogue.models.held import Intake, Run
from mikrokraad.catalogue.models.offered import ProgrammeVersion
from mikrokraad.catalogue.rules import AdmissionMode, Mode, PaymentRule
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person


class PlannedRun(models.Model):
    """A run before it is published. Publishing makes a `Run` of it.

    `like` is the run it was rolled over from. `prices` are price lines as
    {kind, text, net_cents, vat_percent, vat_reason}, in order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        ProgrammeVersion, models.PROTECT, related_name="planned_runs"
    )
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="planned_runs")
    like = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="+"
    )
    languages = models.JSONField(default=list, blank=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.BLOCK)
    place = TextField()
    opens_on = models.DateField(null=True, blank=True)
    own_deadline = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    min_group = models.PositiveSmallIntegerField(default=0)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    admission_mode = models.CharField(
        max_length=8, choices=AdmissionMode, default=AdmissionMode.DECIDED
    )
    payment_rule = models.CharField(
        max_length=8, choices=PaymentRule, default=PaymentRule.IN_FULL
    )
    fee_includes = TextField()
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prices = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_planned_run_per_version_and_intake",
                fields=["version", "intake"],
            )
        ]

    def __str__(self) -> str:
        return f"planned run {self.pk}"
