"""What only staff see of a case."""

from django.db import models

from mikrokraad.admissions.models.applying import Application
from mikrokraad.people.models import Person


class Note(models.Model):
    """Words of staff about an application, for staff."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.pk}"
