"""How applications are put in order: criteria with points, or lots."""

from django.db import models
from django.db.models import F, Q

from mikrokraad.admissions.models.applying import Application
from mikrokraad.catalogue.models import Run
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person


class Criterion(models.Model):
    """What applications to a run are scored by."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = TextField()
    weight = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="criteria_are_in_order", fields=["run", "position"]
            ),
            models.CheckConstraint(
                name="criteria_count", condition=Q(weight__gte=1, most__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"criterion {self.position} of run {self.run_id}"


class Score(models.Model):
    """The points one reviewer gives one application for one criterion."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_reviewer_scores_a_criterion_once",
                fields=["application", "criterion", "by"],
            )
        ]

    def __str__(self) -> str:
        return f"score {self.pk}"


class Lottery(models.Model):
    """The seed of a run's lots: fixed before the deadline, shown when they are drawn.

    Either `commitment` was published, the sha256 of a seed that we keep; or `source`
    names where the seed comes from, before anybody can know it. `drawn` are the ids of
    the applications that took part.
    """

    run = models.OneToOneField(Run, models.PROTECT, related_name="lottery")
    commitment = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=300, blank=True)
    seed = models.CharField(max_length=200, blank=True)
    announced_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lots_have_a_commitment_or_a_source",
                condition=(~Q(commitment="") & Q(source="") & ~Q(seed=""))
                | (Q(commitment="") & ~Q(source="")),
            ),
            models.CheckConstraint(
                name="lots_are_drawn_with_a_seed_after_they_are_announced",
                condition=Q(drawn_at=None)
                | (~Q(seed="") & Q(drawn_at__gt=F("announced_at"))),
            ),
        ]

    def __str__(self) -> str:
        return f"lottery of run {self.run_id}"
