"""Catalogue rules: states of a version, and what a complete one has. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    RETIRED = "retired", _("retired")


class Mode(models.TextChoices):
    BLOCK = "block", _("block mode")
    ONLINE = "online", _("online")
    BLENDED = "blended", _("blended")


class Education(models.TextChoices):
    """Levels of completed education, lowest first."""

    BASIC = "basic", _("basic education")
    UPPER_SECONDARY = "upper_secondary", _("upper secondary education")
    HIGHER = "higher", _("higher education")


class RequirementKind(models.TextChoices):
    EDUCATION = "education"
    EXPERIENCE = "experience"
    EMPLOYMENT = "employment"
    LANGUAGE = "language"
    PRIOR_PROGRAMME = "prior_programme"
    DOCUMENT = "document"
    FREE_TEXT = "free_text"


class AdmissionMode(models.TextChoices):
    """Instant: who is eligible gets a place at once. Decided: staff decide first."""

    INSTANT = "instant", _("first come, first served")
    DECIDED = "decided", _("staff decide")


class Grading(models.TextChoices):
    LETTERS = "letters", _("A to F")
    PASS_FAIL = "pass_fail", _("pass or fail")


class PriceKind(models.TextChoices):
    FEE = "fee", _("programme fee")
    APPLICATION_FEE = "application_fee", _("application fee")
    EXTRA = "extra", _("extra")


class VatReason(models.TextChoices):
    """Why a line carries the VAT it carries."""

    DEGREE_STUDY = "degree_study", _("no VAT: degree-study courses")
    STANDARD = "standard", _("standard rate")
    FUNDED = "funded", _("no VAT: free for the target group")


class PaymentRule(models.TextChoices):
    """What has to be paid before somebody is enrolled."""

    IN_FULL = "in_full", _("paid in full")
    AT_ONCE = "at_once", _("nothing is owed first")
