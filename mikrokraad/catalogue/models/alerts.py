"""Who wants to be told of what, by e-mail; and what they have been told."""

import secrets
import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.alerts.rules import AlertKind
from mikrokraad.catalogue.models.held import Run
from mikrokraad.catalogue.models.offered import Programme

LIVE = Q(ended_at__isnull=True)


class Alert(models.Model):
    """One wish of one address. Nothing is sent before it is confirmed.

    Nobody has to be known here: no person, browser or machine is kept. Once it has
    ended the address is gone; `token` is the way to confirm and to stop it. A saved
    search asks after some time whether to go on, and ends without an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(
        max_length=43, unique=True, default=partial(secrets.token_urlsafe, 32)
    )
    kind = models.CharField(max_length=8, choices=AlertKind)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    query = models.CharField(max_length=500, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_ended_alert_keeps_no_address",
                condition=LIVE & ~Q(email="") | ~LIVE & Q(email=""),
            ),
            models.CheckConstraint(
                name="an_alert_is_about_what_its_kind_says",
                condition=Q(kind="search", programme=None, run=None)
                | Q(kind="opening", programme__isnull=False, run=None, query="")
                | Q(kind="deadline", programme=None, run__isnull=False, query=""),
            ),
            *[
                models.UniqueConstraint(
                    name=f"one_live_{kind}_alert_per_address",
                    fields=["email", wish],
                    condition=LIVE & Q(kind=kind),
                )
                for kind, wish in (
                    ("search", "query"),
                    ("opening", "programme"),
                    ("deadline", "run"),
                )
            ],
        ]
        indexes = [
            models.Index(name="live_alerts", fields=["kind"], condition=LIVE),
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class AlertTold(models.Model):
    """One run of which one alert has told; of a deadline, once for each occasion."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="told")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_alert_tells_of_a_run_once_on_an_occasion",
                fields=["alert", "run", "occasion"],
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.alert_id} told of run {self.run_id}"
