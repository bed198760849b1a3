"""What is offered: kinds and fields, programmes and their versions, courses."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mikrokraad.catalogue.rules import (
    Education,
    Grading,
    RequirementKind,
    VersionState,
)
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person, Unit


class Kind(models.Model):
    """A kind of programme, with its own limits: data, not code."""

    code = models.SlugField(unique=True)
    name = TextField()
    min_ects = models.PositiveSmallIntegerField()
    max_ects = models.PositiveSmallIntegerField()
    acceptance_letter = models.BooleanField(default=False)  # to show, for a visa

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_kinds_limits_are_in_order",
                condition=Q(min_ects__lte=F("max_ects")),
            )
        ]

    def __str__(self) -> str:
        return self.code


class Field(models.Model):
    """A field of study (ISCED-F 2013, detailed) and the colour of its broad field."""

    code = models.CharField(max_length=4, primary_key=True)
    name = TextField()
    broad_name = TextField()
    colour = models.CharField(max_length=12)

    def __str__(self) -> str:
        return self.code


class Programme(models.Model):
    """What is offered, whatever its version: its register code and its address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.ForeignKey(Kind, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    register_code = models.CharField(max_length=12, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("pages:programme", args=[self.slug])


class ProgrammeVersion(models.Model):
    """One wording of a programme. Approved, it never changes (C1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="versions")
    major = models.PositiveSmallIntegerField(default=1)
    minor = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=VersionState, default=VersionState.DRAFT
    )
    title = TextField()
    lead = TextField()
    content = TextField()
    for_whom = TextField()
    ects = models.PositiveSmallIntegerField(default=0)
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True)
    eqf_level = models.PositiveSmallIntegerField(null=True, blank=True)
    participation = TextField()
    assessment_type = TextField()
    quality_assurance = TextField()
    supervision = TextField()
    minimum_education = models.CharField(
        max_length=16, choices=Education, default=Education.UPPER_SECONDARY
    )
    register_note = models.JSONField(default=dict, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_version_per_number", fields=["programme", "major", "minor"]
            ),
            models.CheckConstraint(
                name="approved_versions_say_when",
                condition=~Q(state__in=["approved", "retired"])
                | Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.major}.{self.minor} of {self.programme_id}"

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"


class Outcome(models.Model):
    """What somebody will be able to do, and how that is found out."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="outcomes"
    )
    position = models.PositiveSmallIntegerField()
    text = TextField()
    assessment = TextField()
    criterion = TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="outcomes_are_in_order", fields=["version", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"outcome {self.position} of {self.version_id}"


class Requirement(models.Model):
    """One condition of admission; `admissions` evaluates it (C3).

    `source` says which law, regulation or decision asks it.
    """

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="requirements"
    )
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    kind = models.CharField(max_length=16, choices=RequirementKind)
    text = TextField()
    params = models.JSONField(default=dict, blank=True)
    needs_evidence = models.BooleanField(default=False)
    source = TextField(null=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_requirement_per_key", fields=["version", "key"]
            )
        ]

    def __str__(self) -> str:
        return f"requirement {self.key} of {self.version_id}"


class Question(models.Model):
    """One of the programme's own questions to applicants.

    `only_if` names an earlier question and the number of the choice that leads here:
    {"question": key, "answer": "0"}.
    """

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField()
    key = models.SlugField()
    text = TextField()
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)
    only_if = models.JSONField(null=True, default=None, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_question_per_key", fields=["version", "key"]
            )
        ]

    def __str__(self) -> str:
        return f"question {self.key} of {self.version_id}"


class Course(models.Model):
    """A degree-study course. `outcomes` is a list of texts in each language."""

    code = models.CharField(max_length=20, unique=True)
    title = TextField()
    ects = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT)
    field = models.ForeignKey(Field, models.PROTECT, null=True, blank=True)
    level = models.CharField(max_length=10)
    grading = models.CharField(max_length=10, choices=Grading)
    assessment = TextField()
    outcomes = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.code


class ElectiveGroup(models.Model):
    """Courses to choose among, with the least volume to choose."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="elective_groups"
    )
    key = models.CharField(max_length=4)
    title = TextField()
    min_ects = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_elective_group_per_key", fields=["version", "key"]
            )
        ]

    def __str__(self) -> str:
        return f"electives {self.key} of {self.version_id}"


class Component(models.Model):
    """A course in a version: required, or one of an elective group."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="components"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="components")
    group = models.ForeignKey(
        ElectiveGroup, models.CASCADE, null=True, blank=True, related_name="components"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_course_stands_once_in_a_version", fields=["version", "course"]
            )
        ]

    def __str__(self) -> str:
        return f"component {self.course_id} of {self.version_id}"


class Story(models.Model):
    """What a learner says about having done it; shown with their consent.

    Without `consent_noted_by` the consent was noted before that was kept.
    """

    slug = models.SlugField(unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stories")
    also = models.ManyToManyField(Programme, related_name="+", blank=True)
    who = models.CharField(max_length=100)
    about = TextField()
    quote = TextField()
    body = TextField()
    picture = models.FileField(max_length=200, blank=True)
    picture_text = TextField()
    consent_on = models.DateField(null=True, blank=True)
    consent_noted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stories_are_shown_with_consent_alone",
                condition=Q(published_at=None) | Q(consent_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("pages:story", args=[self.slug])
