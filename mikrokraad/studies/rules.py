"""Study rules: grades, enrolments, and what somebody has earned. Pure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentState(models.TextChoices):
    REGISTERED = "registered", _("registered")
    ACTIVE = "active", _("studying")
    COMPLETED = "completed", _("completed")
    PARTIALLY_COMPLETED = "partially_completed", _("partly completed")
    INTERRUPTED = "interrupted", _("interrupted")
    CANCELLED = "cancelled", _("cancelled")


class Grade(models.TextChoices):
    A = "A", _("A, excellent")
    B = "B", _("B, very good")
    C = "C", _("C, good")
    D = "D", _("D, satisfactory")
    E = "E", _("E, sufficient")
    F = "F", _("F, fail")
    PASS = "pass", _("pass")
    FAIL = "fail", _("fail")
    NOT_PRESENT = "not_present", _("not present")


class Earned(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate")
    STATEMENT = "statement", _("statement of results")
    NOTHING = "nothing", _("nothing")


PASSED = frozenset({Grade.A, Grade.B, Grade.C, Grade.D, Grade.E, Grade.PASS})
