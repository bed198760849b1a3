"""What a page has said of places, so that it can be asked whether that is still true.

While somebody is noticing, `queries` tells here of every unit whose places it counts,
with its number of changes as it was *before* it counted. A later question compares:
equal numbers mean that nothing has changed, and unequal ones only that one must look.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from mikrokraad.catalogue.queries import edition
from mikrokraad.seats.models import CapacityUnit

Numbers = tuple[int, ...]
EDITION = "SELECT number{more} FROM catalogue_edition WHERE id = 1"
# A page shows whom no lock orders, those who wait, only by how many they are: their
# rows are counted again. People only ever join at the end, so the ids tell the rest.
PLACES = """,
(SELECT coalesce(sum(changes), 0) FROM seats_capacityunit WHERE id IN ({units})),
(SELECT count(*) FROM {waiting}), (SELECT coalesce(sum(w.id), 0) FROM {waiting})
"""
WAITING = """
seats_waitlistentry w JOIN seats_capacityunit u ON u.run_id = w.run_id
WHERE w.state = 'waiting' AND u.id IN ({units})
"""


@dataclass
class Seen:
    """The edition of the catalogue, units with their changes, and who waited."""

    edition: int
    units: dict[int, int] = field(default_factory=dict)
    waiting: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    everything: bool = False  # more than a question could name

    @property
    def numbers(self) -> Numbers:
        """What `ask(question)` answers while nothing has changed."""
        if not self.units:
            return (self.edition,)
        people = self.waiting.values()
        counts, ids = sum(n for n, _ids in people), sum(ids for _n, ids in people)
        return self.edition, sum(self.units.values()), counts, ids

    @property
    def question(self) -> str:
        """One query for all the numbers."""
        if not self.units:
            return EDITION.format(more="")
        units = ", ".join(str(int(pk)) for pk in sorted(self.units))
        waiting = WAITING.format(units=units)
        return EDITION.format(more=PLACES.format(units=units, waiting=waiting))


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


@contextmanager
def noticing() -> Iterator[Seen]:
    """Notice what is told of places from here on."""
    seen = Seen(edition())
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def notice(units: Iterable[CapacityUnit]) -> None:
    """Units whose places are about to be counted, as they were read before."""
    seen = _seen.get()
    if seen is not None:
        for unit in units:
            seen.units.setdefault(unit.pk, unit.changes)


def notice_waiting(runs: Mapping[UUID, tuple[int, int]]) -> None:
    """Of runs: how many wait, and the sum of their ids."""
    seen = _seen.get()
    if seen is not None:
        seen.waiting = {**runs, **seen.waiting}


def notice_edition(number: int) -> None:
    """The page is made from something of this edition, perhaps an older one."""
    seen = _seen.get()
    if seen is not None:
        seen.edition = min(seen.edition, number)


def notice_everything() -> None:
    """The places of every run there is are about to be counted."""
    seen = _seen.get()
    if seen is not None:
        seen.everything = True


def ask(question: str) -> Numbers:
    """The numbers as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return tuple(int(number) for number in row) if row else ()
