"""Degree curricula of the demonstration, and the courses that fill their slots."""

from datetime import date
from typing import Any

from mikrokraad.demo.seed import texts
from mikrokraad.demo.seed.catalogue import World
from mikrokraad.pathways.models import DegreeCurriculum, Equivalence, Module, Slot
from mikrokraad.people.models import Person

MANY = 9
RULE = "Õppekava 2025/26, p 4"


def make_curricula(world: World, *, decided_by: Person, valid_from: date) -> None:
    for row in texts.read("curricula.json"):
        curriculum = DegreeCurriculum.objects.create(
            code=row["code"],
            version=row["version"],
            title=row["title"],
            level=row["level"],
            ects=row["ects"],
            unit=world.units[row["unit"]],
        )
        for position, module in enumerate(row["modules"], start=1):
            _make_module(curriculum, position, module, world, decided_by, valid_from)


def _make_module(
    curriculum: DegreeCurriculum,
    position: int,
    facts: dict[str, Any],
    world: World,
    decided_by: Person,
    valid_from: date,
) -> None:
    module = Module.objects.create(
        curriculum=curriculum,
        position=position,
        title=facts["title"],
        ects=facts["ects"],
    )
    asked_about = _asked_about(facts["slots"])
    for place, row in enumerate(facts["slots"], start=1):
        slot = Slot.objects.create(
            module=module,
            position=place,
            title=row["title"],
            ects=row["ects"],
            compulsory=row["compulsory"],
            is_thesis=row["is_thesis"],
        )
        waiting = row["courses"][-1] if row is asked_about else ""
        Equivalence.objects.bulk_create(
            Equivalence(
                course=world.courses[code],
                slot=slot,
                ects=min(world.courses[code].ects, slot.ects),
                valid_from=valid_from,
                decided_by=None if code == waiting else decided_by,
                rule=RULE,
            )
            for code in row["courses"]
        )


def _asked_about(slots: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first slot that many courses fill: its last one is only proposed as yet."""
    return next((row for row in slots if len(row["courses"]) >= MANY), None)
