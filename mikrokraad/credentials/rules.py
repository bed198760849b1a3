"""Credential rules: what may become of one. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialState(models.TextChoices):
    ISSUED = "issued", _("issued")
    SUPERSEDED = "superseded", _("replaced")
    REVOKED = "revoked", _("revoked")
    EXPIRED = "expired", _("expired")


class CredentialKind(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate")
    STATEMENT = "statement", _("statement of results")


class RevocationReason(models.TextChoices):
    ERROR = "error", _("issued in error")
    RESULT_CORRECTED = "result_corrected", _("a result was corrected")
    FRAUD = "fraud", _("obtained by deceit")
    OTHER = "other", _("another reason")


class Format(models.TextChoices):
    PDF = "pdf"
    OPEN_BADGE = "openbadge"
