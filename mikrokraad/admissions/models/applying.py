"""Who asks for a place, with what evidence, and what was decided."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mikrokraad.admissions.rules import CLOSED, State
from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.rules import Education
from mikrokraad.fees.models import Agreement
from mikrokraad.fees.rules import PayerKind
from mikrokraad.people.models import Person
from mikrokraad.seats.models import Bundle

# Enrolled is the end of the ladder and still live: one place per person and run.
ENDED = [state for state in CLOSED if state != State.ENROLLED]

NEED_NOT_BE_SENT = [State.DRAFT, State.WITHDRAWN, State.LAPSED, State.CALLED_OFF]


class Application(models.Model):
    """One person asking for one place on one run of a programme.

    `state` moves only through `admissions.actions`, along `rules.LADDER`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    run = models.ForeignKey(Run, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    education = models.CharField(max_length=16, choices=Education, blank=True)
    education_about = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    payer_kind = models.CharField(max_length=8, choices=PayerKind, blank=True)
    payer = models.JSONField(default=dict, blank=True)
    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, null=True, blank=True)
    verdict = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    move_by = models.DateTimeField(null=True, blank=True)
    decision_due = models.DateTimeField(null=True, blank=True)  # while we wait for them
    assigned_to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    seat_from_waitlist = models.BooleanField(default=False)
    bundle = models.OneToOneField(Bundle, models.PROTECT, null=True, blank=True)
    agreement = models.OneToOneField(Agreement, models.PROTECT, null=True, blank=True)
    fee_agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="asked_by"
    )

    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="alternative"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_application_per_person_and_run",
                fields=["person", "run"],
                condition=~Q(state__in=ENDED),
            ),
            models.CheckConstraint(
                name="submitted_applications_are_frozen",
                condition=Q(state__in=NEED_NOT_BE_SENT)
                | Q(submitted_at__isnull=False, version__isnull=False),
            ),
            models.CheckConstraint(
                name="offered_applications_have_a_deadline",
                condition=~Q(state=State.OFFERED) | Q(move_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("admissions:application", args=[self.pk])


class AcceptanceLetter(models.Model):
    """A letter that somebody was accepted, to show for a visa: its number and its day."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="acceptance_letter"
    )
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField()

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """A file that shows that a requirement is met."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="evidence"
    )
    requirement = models.SlugField()
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


class Outcome(models.TextChoices):
    OFFER = "offer"
    REJECTION = "rejection"
    WAITING = "waiting"  # a place in the waiting list


class Decision(models.Model):
    """An offer or a rejection with its reasons (A2); staged first, then released.

    One that was a mistake is undone by somebody else, and stays in the history.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="decisions"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.JSONField()
    note = models.TextField(blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    staged_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_decision_per_application",
                fields=["application"],
                condition=Q(released_at__isnull=True, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="decisions_have_reasons", condition=~Q(reasons=[])
            ),
            models.CheckConstraint(
                name="undone_decisions_were_released_and_say_why",
                condition=Q(undone_at=None, undone_by=None, undone_because="")
                | (
                    Q(undone_at__isnull=False, undone_by__isnull=False)
                    & Q(released_at__isnull=False)
                    & ~Q(undone_because="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk} ({self.outcome})"


class Message(models.Model):
    """A question or an answer between staff and the applicant, kept with the case."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="messages"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.pk}"
