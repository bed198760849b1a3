"""Which programmes fit, and how many would: exact, in microseconds. Pure.

Programme n is bit n everywhere. The first sheet has each programme's first run,
the second its second, and so on: what is asked for must be true of one run, and
a programme counts once however many of its runs fit.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from mikrokraad.catalogue import filters
from mikrokraad.catalogue.filters import CHOICES, DAYS, Wanted
from mikrokraad.catalogue.search.masks import Scale, everything, mask_of
from mikrokraad.core.texts import Text

SCALES = ("opens", "closes", "deadline", "ects", "fee")
RANGES = {
    "ects": filters.numbers,
    "fee": filters.cents,
    "deadline": filters.deadlines,
}
MEETS = "meets"  # the days a run meets on, as a choice that nobody asks for by name


class RunFacts(NamedTuple):
    """What filters know of one run. `numbers` by the names of `SCALES`: cents, days
    counted from the year 1, and seconds since 1970 for the moments."""

    run: UUID
    place: int
    values: dict[str, tuple[str, ...]]
    numbers: dict[str, int]


@dataclass
class Sheet:
    """One run of each programme that has as many."""

    size: int
    values: dict[str, dict[str, int]]
    scales: dict[str, Scale]
    runs: dict[int, UUID]
    present: int

    def choice(self, name: str, value: str) -> int:
        return self.values.get(name, {}).get(value, 0)

    def is_open(self, at: datetime) -> int:
        """From the opening moment until the midnight that ends the last day."""
        return self._opened(at) & ~self._closed(at)

    def not_yet(self, at: datetime) -> int:
        return self.present & ~self._opened(at)

    def only_on(self, days: Collection[str]) -> int:
        """Runs that meet, and on none of the other days."""
        others = [self.choice(MEETS, day) for day in DAYS if day not in days]
        meeting = reduce(or_, self.values.get(MEETS, {}).values(), 0)
        return meeting & ~reduce(or_, others, 0)

    def _opened(self, at: datetime) -> int:
        return self.scales["opens"].below(_second(at) + 1)

    def _closed(self, at: datetime) -> int:
        return self.scales["closes"].below(_second(at) + 1)


def _second(at: datetime) -> int:
    return int(at.timestamp())


@dataclass
class Shelf:
    """All programmes that have a published run, in the order of the Estonian alphabet."""

    size: int
    sheets: list[Sheet]
    names: dict[str, dict[str, Text]]
    english: "array[int]" = field(default_factory=lambda: array("L"))

    def knows(self, name: str, value: str) -> bool:
        """Whether some run has this value."""
        return any(sheet.choice(name, value) for sheet in self.sheets)

    def options(self, name: str) -> list[str]:
        """Every value that some run has, in order."""
        return sorted({v for sheet in self.sheets for v in sheet.values.get(name, {})})


class Moment(NamedTuple):
    """What changes without the catalogue: the time, and which runs have no place left."""

    at: datetime
    full: frozenset[UUID] = frozenset()


def arranged(
    facts: Iterable[RunFacts],
    *,
    size: int,
    names: dict[str, dict[str, Text]],
    english: Sequence[int],
) -> Shelf:
    """Runs on their sheets. A programme's runs come in the order they start."""
    turns: defaultdict[int, int] = defaultdict(int)
    layers: list[list[RunFacts]] = []
    for run in facts:
        turn = turns[run.place]
        turns[run.place] += 1
        if turn == len(layers):
            layers.append([])
        layers[turn].append(run)
    sheets = [_sheet(layer, size) for layer in layers]
    return Shelf(size, sheets, names, array("L", english))


def _sheet(runs: list[RunFacts], size: int) -> Sheet:
    places: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for run in runs:
        for name, values in run.values.items():
            for value in values:
                places[name][value].append(run.place)
    return Sheet(
        size,
        {
            name: {value: mask_of(found, size) for value, found in by_value.items()}
            for name, by_value in places.items()
        },
        {
            name: Scale(((run.numbers[name], run.place) for run in runs), size)
            for name in SCALES
        },
        {run.place: run.run for run in runs},
        mask_of((run.place for run in runs), size),
    )


def fitting(sheet: Sheet, name: str, value: str, now: Moment) -> int:
    """The programmes whose run on this sheet is what one filter asks for."""
    if name in CHOICES:
        return sheet.choice(name, value)
    if name in RANGES:
        least, most = RANGES[name](value) or (None, None)
        return sheet.scales[name].between(least, most)
    if name == "weekdays":
        return sheet.only_on(filters.days(value))
    if name == "open":
        return sheet.is_open(now.at)
    return sheet.present & ~_full(sheet, now)


def _full(sheet: Sheet, now: Moment) -> int:
    full = now.full
    if not full:
        return 0
    places = (place for place, run in sheet.runs.items() if run in full)
    return mask_of(places, sheet.size)


class Fit:
    """What fits of a shelf, now. `found`: the programmes that the words found."""

    def __init__(
        self, shelf: Shelf, want: Wanted, now: Moment, found: int | None = None
    ) -> None:
        self.shelf, self.want, self.now = shelf, want, now
        self.found = everything(shelf.size) if found is None else found
        self._parts = [
            {
                name: fitting(sheet, name, value, now)
                for name, value in want.chosen.items()
            }
            for sheet in shelf.sheets
        ]
        self.layers = self.without()

    def without(self, name: str = "") -> list[int]:
        """What fits on each sheet, the filter `name` left aside."""
        layers = []
        for sheet, parts in zip(self.shelf.sheets, self._parts, strict=True):
            mask = sheet.present & self.found
            for one, part in parts.items():
                if one != name:
                    mask &= part
            layers.append(mask)
        return layers

    @property
    def programmes(self) -> int:
        return reduce(or_, self.layers, 0)

    @property
    def count(self) -> int:
        return self.programmes.bit_count()

    def count_without(self, name: str) -> int:
        return reduce(or_, self.without(name), 0).bit_count()

    def counts(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """How many programmes each value of one filter leaves, the others as they are."""
        layers = self.without(name)
        return {
            value: reduce(
                or_,
                (
                    mask & fitting(sheet, name, value, self.now)
                    for sheet, mask in zip(self.shelf.sheets, layers, strict=True)
                ),
                0,
            ).bit_count()
            for value in values
        }

    def standings(self) -> list[list[int]]:
        """On each sheet: what fits and is open, not open yet, over."""
        at = self.now.at
        return [
            [
                mask & sheet.is_open(at),
                mask & sheet.not_yet(at),
                mask & ~sheet.is_open(at) & ~sheet.not_yet(at),
            ]
            for sheet, mask in zip(self.shelf.sheets, self.layers, strict=True)
        ]
