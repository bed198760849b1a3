"""What stands beside a version while it is written: saves, reviews, comments."""

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models.offered import ProgrammeVersion
from mikrokraad.people.models import Person


class Writing(models.Model):
    """How often a draft was saved, so that an older page is noticed; who saved last."""

    version = models.OneToOneField(
        ProgrammeVersion, models.CASCADE, primary_key=True, related_name="writing"
    )
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"revision {self.revision} of {self.version_id}"


class Review(models.Model):
    """One asking for approval: who asked whom, since when, and how it ended.

    Without a `reviewer` anybody with the duty may look. `reason` says why it was sent
    back.
    """

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="reviews"
    )
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_review_per_version",
                fields=["version"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"review {self.pk} of {self.version_id}"


class ReviewComment(models.Model):
    """What somebody says about one section of a version, until it is resolved."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="comments"
    )
    section = models.CharField(max_length=10)  # of rules.Section
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="resolved_comments_say_by_whom",
                condition=Q(resolved_at__isnull=True) | Q(resolved_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.version_id}"
