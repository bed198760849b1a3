"""Which credits fill which places of a degree. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal


class ThesisIsNeverFilled(Refusal):
    code = "thesis-is-never-filled"


class CountsAlready(Refusal):
    code = "counts-already"


class RuleMissing(Refusal):
    code = "rule-missing"


class NotYourCurriculum(Refusal):
    code = "not-your-curriculum"


def require_no_thesis(*, is_thesis: bool) -> None:
    if is_thesis:
        raise ThesisIsNeverFilled(
            _("The final thesis is written in the degree itself. Choose another place.")
        )


def require_rule(rule: str) -> str:
    """What a decision rests on (P2)."""
    if not rule.strip():
        raise RuleMissing(_("Say what the decision rests on."))
    return rule.strip()


@dataclass(frozen=True, slots=True)
class Place:
    """A slot of a curriculum, in the curriculum's own order."""

    slot: int
    compulsory: bool = False
    is_thesis: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Which course fills which slot now, and which could once it is passed."""

    filled: Mapping[int, int]
    fillable: Mapping[int, int]


def plan(
    places: Iterable[Place],
    counts: Collection[tuple[int, int]],
    *,
    passed: Collection[int],
    taking: Collection[int] = (),
) -> Plan:
    """Fill as many slots of one curriculum as possible, compulsory ones first.

    `counts` are pairs of course and slot. A course fills at most one slot and a slot
    is filled by at most one course (P1); the thesis by none. What is passed goes
    before what is still being taken, and never makes way for it.
    """
    open_slots = sorted(
        (place for place in places if not place.is_thesis),
        key=lambda place: not place.compulsory,
    )
    slots = [place.slot for place in open_slots]
    filled = _match(slots, counts, set(passed))
    left = [slot for slot in slots if slot not in filled]
    fillable = _match(left, counts, set(taking) - set(passed))
    return Plan(filled, fillable)


def _match(
    slots: list[int], counts: Collection[tuple[int, int]], courses: set[int]
) -> dict[int, int]:
    """A largest matching of slots with courses; earlier slots are never given up."""
    fitting = {
        slot: sorted(
            course for course, to in counts if to == slot and course in courses
        )
        for slot in slots
    }
    taken_by: dict[int, int] = {}

    def settle(slot: int, seen: set[int]) -> bool:
        for course in fitting[slot]:
            if course in seen:
                continue
            seen.add(course)
            if course not in taken_by or settle(taken_by[course], seen):
                taken_by[course] = slot
                return True
        return False

    for slot in slots:
        settle(slot, set())
    return {slot: course for course, slot in taken_by.items()}
