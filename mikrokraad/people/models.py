"""Who: the institution and its units, people, organisations, and the register."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from mikrokraad.core.texts import TextField
from mikrokraad.people.managers import PersonManager


class Duty(models.TextChoices):
    """What somebody may do, everywhere or in one unit (see `people.roles`)."""

    PROGRAMME_MANAGER = "programme_manager"
    OFFICER = "officer"
    LECTURER = "lecturer"
    FINANCE = "finance"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"


class Institution(models.Model):
    """The university that runs this installation. One row."""

    name = TextField()
    registry_code = models.CharField(max_length=20)
    vat_number = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, default="EE")
    place = TextField()
    address = TextField()
    iban = models.CharField(max_length=34, blank=True)
    email = models.EmailField()
    quality_assurance = TextField()

    def __str__(self) -> str:
        return self.registry_code


class Unit(models.Model):
    """A faculty, institute or college."""

    code = models.CharField(max_length=20, unique=True)
    name = TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Person(AbstractBaseUser):
    """A human being, who may sign in.

    A birth date follows from a personal code and is personal data too. The
    personal code itself is a `NationalId`, never here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, default="et")
    phone = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    identity_confirmed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email")
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.email


class Identity(models.Model):
    """How a person proved who they are: an issuer's word, with its assurance."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    assurance = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_person_per_identity", fields=["issuer", "subject"]
            )
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class NationalId(models.Model):
    """A personal code: encrypted, and a keyed hash to find it and keep it unique."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="national_id")
    country = models.CharField(max_length=2, default="EE")
    sealed = models.BinaryField()
    keyed_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_person_per_personal_code", fields=["country", "keyed_hash"]
            )
        ]

    def __str__(self) -> str:
        return f"national id {self.pk}"


class Organisation(models.Model):
    """An employer or a fund: somebody who can pay for others."""

    name = models.CharField(max_length=200)
    registry_code = models.CharField(max_length=20, unique=True)
    vat_number = models.CharField(max_length=20, blank=True)
    email = models.EmailField()
    address = models.CharField(max_length=300, blank=True)
    members = models.ManyToManyField(Person, related_name="organisations", blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A duty of one person: everywhere, or in one unit and what is below it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    duty = models.CharField(max_length=20, choices=Duty)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_duty_is_given_once_in_a_unit",
                fields=["person", "duty", "unit"],
            ),
            models.UniqueConstraint(
                name="a_duty_is_given_once_everywhere",
                fields=["person", "duty"],
                condition=Q(unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.pk}"


class Consent(models.Model):
    """What a person agreed to, in which words, and whether they took it back."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    text_version = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_consent_per_purpose",
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} ({self.purpose})"


class RegisterEntry(models.Model):
    """Who did what, to what, when and why. Append-only, by trigger."""

    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=80)
    thing = models.CharField(max_length=100, db_index=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(name="register_by_time", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}"


class RegisterSeal(models.Model):
    """The hash chain over committed register rows, written by the worker.

    Each seal hashes its entry together with the seal before it, so that a row
    changed or taken out later shows.
    """

    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="seal")
    chained = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.pk}"


class LetterVersion(models.Model):
    """A letter in words of our own, from one day on; never changed, only followed.

    `words` has `{"subject": …, "body": …}` for each language that is reworded;
    a language that is not there has the standing text, the letter's file.
    """

    template = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    words = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_letter_version_per_number", fields=["template", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} version {self.number}"
