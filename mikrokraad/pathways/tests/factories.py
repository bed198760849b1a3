"""A degree of two modules, and courses that count in it."""

from datetime import UTC, date, datetime
from itertools import count

from mikrokraad.catalogue.models import Course
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.pathways.models import DegreeCurriculum, Equivalence, Module, Slot
from mikrokraad.people.models import Duty, Person, Unit
from mikrokraad.people.tests import factories as people

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
LONG_AGO = date(2020, 9, 1)
_numbers = count(1)


def assessor(unit: Unit | None = None) -> Person:
    return people.staff(Duty.ASSESSOR, unit=unit or people.unit(), given_name="Aino")


def curriculum(
    title: str = "Computer Science", *, unit: Unit | None = None
) -> DegreeCurriculum:
    """Core: two compulsory slots and an elective one. Then a thesis."""
    made = DegreeCurriculum.objects.create(
        code=f"{200_000 + next(_numbers)}",
        title=both(title),
        level="master",
        ects=120,
        unit=unit or people.unit(),
    )
    core = Module.objects.create(
        curriculum=made, position=1, title=both("Core"), ects=18
    )
    for position, compulsory in ((1, False), (2, True), (3, True)):
        Slot.objects.create(
            module=core,
            position=position,
            title=both(f"Place {position}"),
            ects=6,
            compulsory=compulsory,
        )
    last = Module.objects.create(
        curriculum=made, position=2, title=both("Thesis"), ects=30
    )
    Slot.objects.create(
        module=last,
        position=1,
        title=both("Master’s thesis"),
        ects=30,
        compulsory=True,
        is_thesis=True,
    )
    return made


def slots_of(curriculum: DegreeCurriculum) -> list[Slot]:
    """The three places of the core, then the thesis."""
    return list(
        Slot.objects.filter(module__curriculum=curriculum).order_by(
            "module__position", "position"
        )
    )


def counts(course: Course, slot: Slot, **facts: object) -> Equivalence:
    """A decided equivalence, unless `decided_by` is None."""
    defaults: dict[str, object] = {
        "ects": min(course.ects, slot.ects),
        "valid_from": LONG_AGO,
        "rule": "outcomes compared",
    }
    if "decided_by" not in facts:
        facts["decided_by"] = assessor()
    return Equivalence.objects.create(course=course, slot=slot, **{**defaults, **facts})
