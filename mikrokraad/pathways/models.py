"""Where credits count: degree curricula, their slots, and what fills a slot."""

from django.db import models
from django.db.models import F, Q

from mikrokraad.catalogue.models import Course
from mikrokraad.core.texts import TextField
from mikrokraad.people.models import Person, Unit


class DegreeCurriculum(models.Model):
    """A version of a degree's curriculum (õppekava)."""

    code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    title = TextField()
    level = models.CharField(max_length=10)
    ects = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_curriculum_per_code_and_version", fields=["code", "version"]
            )
        ]

    def __str__(self) -> str:
        return self.code


class Module(models.Model):
    """A part of a curriculum."""

    curriculum = models.ForeignKey(
        DegreeCurriculum, models.CASCADE, related_name="modules"
    )
    position = models.PositiveSmallIntegerField()
    title = TextField()
    ects = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="modules_are_in_order", fields=["curriculum", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"module {self.position} of {self.curriculum_id}"


class Slot(models.Model):
    """A place in a module that one course, or what equals it, fills."""

    module = models.ForeignKey(Module, models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    title = TextField()
    ects = models.PositiveSmallIntegerField()
    compulsory = models.BooleanField(default=False)
    is_thesis = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="slots_are_in_order", fields=["module", "position"]
            )
        ]

    def __str__(self) -> str:
        return f"slot {self.position} of {self.module_id}"


class Equivalence(models.Model):
    """A decision that a course fills a slot; never the final thesis."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="equivalences")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="equivalences")
    ects = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_course_fills_a_slot_once", fields=["course", "slot"]
            ),
            models.CheckConstraint(
                name="equivalences_end_after_they_start",
                condition=Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"equivalence {self.pk}"
