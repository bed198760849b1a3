"""Catalogue rules: the ladder of a version, and when somebody may apply. Pure.

What a complete version has is in `completeness`, offered here too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from mikrokraad.catalogue import completeness
from mikrokraad.core.calendar import end_of
from mikrokraad.core.ladders import Ladder
from mikrokraad.core.money import tax_on

missing_elements = completeness.missing_elements


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    RETIRED = "retired", _("retired")


class VersionStep(models.TextChoices):
    SUBMIT = "submit", _("submit for review")
    SEND_BACK = "send_back", _("send back")
    APPROVE = "approve", _("approve")
    RETIRE = "retire", _("retire")


@dataclass(frozen=True)
class VersionFlags:
    """May its words still change? May runs of it be published? Does it have a page?"""

    editable: bool
    may_run: bool
    shown: bool


VERSIONS: Ladder[VersionState, VersionStep, VersionFlags] = Ladder(
    steps={
        (VersionState.DRAFT, VersionStep.SUBMIT): VersionState.IN_REVIEW,
        (VersionState.IN_REVIEW, VersionStep.SEND_BACK): VersionState.DRAFT,
        (VersionState.IN_REVIEW, VersionStep.APPROVE): VersionState.APPROVED,
        (VersionState.APPROVED, VersionStep.RETIRE): VersionState.RETIRED,
    },
    flags={
        VersionState.DRAFT: VersionFlags(editable=True, may_run=False, shown=False),
        VersionState.IN_REVIEW: VersionFlags(
            editable=False, may_run=False, shown=False
        ),
        VersionState.APPROVED: VersionFlags(editable=False, may_run=True, shown=True),
        VersionState.RETIRED: VersionFlags(editable=False, may_run=False, shown=True),
    },
)


class Section(models.TextChoices):
    """The parts in which a version is written, and talked about in review."""

    BASICS = "basics", _("Basics")
    OUTCOMES = "outcomes", _("Outcomes")
    COURSES = "courses", _("Courses")
    ADMISSION = "admission", _("Admission")
    STANDARDS = "standards", _("Standards")
    RUN = "run", _("Run: dates and price")


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
    COURSE = "course"
    CERTIFICATE = "certificate"
    CITIZENSHIP = "citizenship"
    RESIDENCE = "residence"
    DOCUMENT = "document"
    FREE_TEXT = "free_text"


class AdmissionMode(models.TextChoices):
    """Instant: who is eligible gets a place at once. Decided: staff decide first.

    Ranked and lottery: nobody is decided on before the deadline. Everyone: whoever is
    eligible is offered a place, all in one press.
    """

    INSTANT = "instant", _("first come, first served")
    DECIDED = "decided", _("staff decide")
    RANKED = "ranked", _("ranked after the deadline")
    EVERYONE = "everyone", _("everyone eligible")
    LOTTERY = "lottery", _("drawn by lot")


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


class Applying(StrEnum):
    """Whether a run takes applications."""

    NOT_OFFERED = "not_offered"
    NOT_YET = "not_yet"
    OPEN = "open"
    OVER = "over"


def applying(
    *,
    published: bool,
    cancelled: bool,
    opens_at: datetime,
    deadline: date,
    at: datetime,
) -> Applying:
    """Where a run stands at `at`.

    The opening moment is in time; of the deadline the whole day is, where the
    institution is: midnight at its end is too late.
    """
    if cancelled or not published:
        return Applying.NOT_OFFERED
    if at < opens_at:
        return Applying.NOT_YET
    return Applying.OPEN if at < end_of(deadline) else Applying.OVER


def gross_cents(net_cents: int, vat_percent: Decimal) -> int:
    """What a person pays for one price line. Units: cents, VAT rounded half up."""
    return net_cents + tax_on(net_cents, Decimal(vat_percent))
