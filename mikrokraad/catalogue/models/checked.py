"""What others say of our programmes: the national register, and the nightly check."""

from django.db import models
from django.db.models import Q

from mikrokraad.catalogue.models.held import Run
from mikrokraad.catalogue.models.offered import ProgrammeVersion


class RegisterRecord(models.Model):
    """The national register's record as it was seen last, by its code."""

    code = models.CharField(max_length=12, primary_key=True)
    said = models.JSONField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"register record {self.code}"


class WouldNotPublish(models.Model):
    """Something that a version or run in use lacks today, and since when it is known."""

    version = models.ForeignKey(
        ProgrammeVersion, models.CASCADE, related_name="would_not_publish"
    )
    run = models.ForeignKey(
        Run, models.CASCADE, null=True, blank=True, related_name="would_not_publish"
    )
    element = models.CharField(max_length=20)  # of completeness.Element
    languages = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_version_lacks_an_element_once",
                fields=["version", "element"],
                condition=Q(run__isnull=True),
            ),
            models.UniqueConstraint(
                name="a_run_lacks_an_element_once",
                fields=["run", "element"],
                condition=Q(run__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} lacks {self.element}"


class PublishCheck(models.Model):
    """The day of the last check whether everything would still publish. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"checked on {self.day}"
