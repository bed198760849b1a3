"""What decisions carry and rest on: conditions of an offer."""

import uuid

from django.db import models
from django.db.models import Q

from mikrokraad.admissions.models.applying import Decision
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person


class Condition(models.Model):
    """Something that has to be so by a day, before an accepted place is sure.

    Staff say that it is met. `needs_file`: the applicant shows it with a file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    text = TextField()
    needs_file = models.BooleanField(default=False)
    due_on = models.DateField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="conditions_are_in_order", fields=["decision", "position"]
            ),
            models.CheckConstraint(
                name="met_conditions_say_when_and_by_whom",
                condition=Q(met_at=None, met_by=None)
                | Q(met_at__isnull=False, met_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"condition {self.pk}"

    @property
    def key(self) -> str:
        """What its files are kept under."""
        return f"condition-{self.pk}"
