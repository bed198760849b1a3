"""Whether a run takes place: decided at its minimum group."""

from django.db import models
from django.db.models import F, Q

from mikrokraad.catalogue.models import Run
from mikrokraad.people.models import Person


class GroupOutcome(models.TextChoices):
    GO = "go"
    CALL_OFF = "call_off"


class GroupDecision(models.Model):
    """That a run takes place, or that it is called off: one asks, another one does it.

    `alternatives` are runs in which places are offered instead.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="group_decision")
    outcome = models.CharField(max_length=8, choices=GroupOutcome)
    reason = models.TextField(blank=True)
    alternatives: "models.ManyToManyField[Run, models.Model]" = models.ManyToManyField(
        Run, related_name="+", blank=True
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="runs_are_called_off_by_two_people_with_a_reason",
                condition=Q(outcome="go", approved_at=None, approved_by=None)
                | (
                    Q(outcome="call_off")
                    & ~Q(reason="")
                    & (
                        Q(approved_at=None, approved_by=None)
                        | (
                            Q(approved_at__isnull=False, approved_by__isnull=False)
                            & ~Q(approved_by=F("by"))
                        )
                    )
                ),
            )
        ]

    def __str__(self) -> str:
        return f"group decision on run {self.run_id} ({self.outcome})"
