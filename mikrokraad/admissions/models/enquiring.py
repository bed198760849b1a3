"""Questions to the contact person of a programme, from anybody, and their answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models import Run
from mikrokraad.people.models import Person


class Enquiry(models.Model):
    """One question about a run, and its answer. It is forgotten as drafts are.

    `person` is known when somebody asked signed in. Address and language are those of
    the moment: the answer goes there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, models.PROTECT, related_name="enquiries")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    name = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    question = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_enquiries_say_what_when_and_by_whom",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (
                    ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"
