"""Applications that staff entered for somebody, from paper or on the telephone."""

from django.db import models

from mikrokraad.admissions.models.applying import Application
from mikrokraad.admissions.rules import Entered
from mikrokraad.people.models import Person


class EnteredFor(models.Model):
    """Who entered an application for somebody else. Sending it, they confirm it."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="entered"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    how = models.CharField(max_length=8, choices=Entered)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"application {self.application_id}, entered by staff"
