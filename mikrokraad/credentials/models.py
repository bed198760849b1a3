"""What was issued, in which renderings, signed with which key, with what status."""

import json
import uuid
from datetime import date, timedelta
from typing import cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mikrokraad.core.calendar import day_of
from mikrokraad.credentials.crypto.facts import Facts, belt_seed
from mikrokraad.credentials.rules import (
    CredentialKind,
    CredentialState,
    Format,
    ReissueReason,
    RevocationReason,
)
from mikrokraad.people.models import Person
from mikrokraad.studies.models import CompletionDecision


class CredentialSeries(models.Model):
    """Numbers without gaps: one row per year, locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)


class IssuerKey(models.Model):
    """A signing key of the institution; sealed at rest, public part kept forever."""

    multibase = models.CharField(max_length=100, unique=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                name="one_current_issuer_key",
                condition=Q(retired_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.multibase


class Credential(models.Model):
    """A certificate or statement. Its facts never change after issue (K1).

    `sealed_code` is the personal code that is printed on it, encrypted; the facts carry
    the hash of the seal, and never the code.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=CredentialKind)
    completion = models.ForeignKey(
        CompletionDecision, models.PROTECT, related_name="credentials"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="credentials")
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    sealed_code = models.BinaryField(null=True, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(
        max_length=12, choices=CredentialState, default=CredentialState.ISSUED
    )
    issued_at = models.DateTimeField()
    reissue_reason = models.CharField(max_length=20, choices=ReissueReason, blank=True)
    superseded_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_credential_per_completion",
                fields=["completion"],
                condition=Q(state="issued"),
            ),
            models.UniqueConstraint(
                name="credential_numbers_are_used_once", fields=["year", "sequence"]
            ),
            models.CheckConstraint(
                name="ended_credentials_say_when",
                condition=Q(state="issued") | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="replaced_credentials_say_by_what",
                condition=~Q(state="superseded")
                | (Q(superseded_by__isnull=False) & ~Q(reissue_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The status page: what, when, by whom, and whether it holds; never the person."""
        return reverse("credentials_machines:status_page", args=[self.number])

    @property
    def belt(self) -> str:
        return belt_seed(cast("Facts", json.loads(self.facts)))


class Rendering(models.Model):
    """The exact bytes of one form of a credential, kept as they were signed (K5)."""

    credential = models.ForeignKey(
        Credential, models.PROTECT, related_name="renderings"
    )
    format = models.CharField(max_length=12, choices=Format)
    language = models.CharField(max_length=2, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_rendering_per_format_and_language",
                fields=["credential", "format", "language"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.format} of {self.credential_id}"


class StatusList(models.Model):
    """A published list of bits, one per credential; the signed form is derived."""

    purpose = models.CharField(max_length=12, default="revocation")
    published = models.BinaryField(default=bytes)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"status list {self.pk}"


class StatusEntry(models.Model):
    """A credential's bit: a random place in the list, and whether it is set."""

    list = models.ForeignKey(StatusList, models.PROTECT, related_name="entries")
    index = models.PositiveIntegerField()
    credential = models.OneToOneField(
        Credential, models.PROTECT, related_name="status_entry"
    )
    set_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_status_bit_is_used_once", fields=["list", "index"]
            )
        ]

    def __str__(self) -> str:
        return f"bit {self.index} of list {self.list_id}"


class Share(models.Model):
    """A link that shows a credential with its holder's name, until a day or for good.

    The one `on_document` is what the QR code of the certificate carries.
    """

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="shares")
    token = models.CharField(max_length=43, unique=True)
    on_document = models.BooleanField(default=False)
    fields = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_share_on_a_document",
                fields=["credential"],
                condition=Q(on_document=True),
            )
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("credentials_machines:shared_page", args=[self.token])

    @property
    def last_day(self) -> date | None:
        """The last day on which it shows anything; None when it has no end."""
        return day_of(self.until - timedelta(microseconds=1)) if self.until else None


class Revocation(models.Model):
    """Asked for by one person, approved by another (K6)."""

    credential = models.OneToOneField(
        Credential, models.PROTECT, related_name="revocation"
    )
    reason = models.CharField(max_length=20, choices=RevocationReason)
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="revoking_takes_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            )
        ]

    def __str__(self) -> str:
        return f"revocation {self.pk}"
