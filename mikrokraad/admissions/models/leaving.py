"""Why somebody takes an application back, and places moved to a later run."""

from django.db import models
from django.db.models import Q

from mikrokraad.admissions.models.applying import Application
from mikrokraad.admissions.rules import Leaving
from mikrokraad.people.models import Person


class Withdrawal(models.Model):
    """Why an application was taken back, as its applicant says."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="withdrawal"
    )
    reason = models.CharField(max_length=16, choices=Leaving)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"withdrawal of {self.application_id} ({self.reason})"


class Deferral(models.Model):
    """An applicant's wish to study in a later run, and what staff said to it.

    `made` is the application that goes on there; without one, a run that is still
    planned was promised, and applying for it begins with the same answers.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="deferral"
    )
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True
    )
    answer = models.TextField(blank=True)
    made = models.ForeignKey(
        Application,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deferred_from",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decided_deferrals_say_who_and_when",
                condition=Q(granted=None, decided_at=None, decided_by=None)
                | Q(
                    granted__isnull=False,
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"deferral of {self.application_id}"
