"""Which degrees the courses of a programme count in, and how much of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Component
from mikrokraad.core.texts import said
from mikrokraad.pathways.queries import Towards

Counting = dict[int, list[Towards]]


@dataclass
class _Degree:
    """What counts in one degree. Units: ECTS; `chosen` by the group to choose from."""

    title: str
    ects: int
    level: str
    required: int = 0
    chosen: dict[object, tuple[int, int]] = field(default_factory=dict)

    @property
    def counts(self) -> int:
        chosen = sum(min(least, there) for least, there in self.chosen.values())
        return min(self.ects, self.required + chosen)


def degrees(parts: Iterable[Component], counting: Counting) -> list[dict[str, Any]]:
    """Each degree with what somebody brings into it who takes no more than they must."""
    found: dict[object, _Degree] = {}
    for part in parts:
        for key, each in _once(counting.get(part.course_id, [])).items():
            degree = found.setdefault(
                key,
                _Degree(
                    said(each.curriculum.title),
                    each.curriculum.ects,
                    each.curriculum.level,
                ),
            )
            _add(degree, part, each.ects)
    told = [
        {
            "title": one.title,
            "ects": one.ects,
            "level": level_text(one.level),
            "counts": one.counts,
        }
        for one in found.values()
    ]
    return sorted(told, key=lambda one: -one["counts"])


def level_text(level: str) -> str:
    """“master's degree”; of a level without a name of its own, nothing."""
    names = {
        "bachelor": _("bachelor's degree"),
        "master": _("master's degree"),
        "doctoral": _("doctorate"),
    }
    return names.get(level, "")


def _once(places: Iterable[Towards]) -> dict[object, Towards]:
    """A course counts once in a degree, wherever it could."""
    first: dict[object, Towards] = {}
    for each in places:
        first.setdefault(each.curriculum.pk, each)
    return first


def _add(degree: _Degree, part: Component, ects: int) -> None:
    if part.group is None:
        degree.required += ects
        return
    least, there = degree.chosen.get(part.group_id, (part.group.min_ects, 0))
    degree.chosen[part.group_id] = (least, there + ects)


def counts_text(places: Iterable[Towards]) -> str:
    """In which degrees a course counts, each named once."""
    named = dict.fromkeys(said(each.curriculum.title) for each in places)
    if not named:
        return ""
    return _("Counts in the degree: {degrees}").format(degrees=", ".join(named))
