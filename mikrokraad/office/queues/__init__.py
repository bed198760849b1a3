"""What waits for a member of staff: one line per queue, asked of every room's desk.

A room's desk adds `office/queues/<room>.py` with

    DESK = Desk(gettext_lazy("Applications"), "office:admissions_queue", frozenset({Duty.OFFICER}))

    def waiting(person: Person, *, at: datetime) -> list[Queue]: ...

and its pages and counts appear on the desk's first page to people with the duty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise

from mikrokraad.office.rooms import parts
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import duties_of


@dataclass(frozen=True)
class Desk:
    """A room's desk: its name, its first page, and whose it is."""

    name: str | Promise
    url_name: str
    duties: frozenset[Duty]

    @property
    def href(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Queue:
    """How many things wait, what they are, where to find them; `urgent` when late."""

    figure: int | str
    label: str
    href: str
    note: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Room:
    desk: Desk
    waiting: list[Queue]


def desks_of(person: Person) -> Iterator[Desk]:
    held = duties_of(person)
    for part in parts("queues"):
        if part.DESK.duties & held:
            yield part.DESK


def rooms_of(person: Person, *, at: datetime) -> list[Room]:
    """Every desk of this person, and what waits there."""
    held = duties_of(person)
    return [
        Room(part.DESK, part.waiting(person, at=at))
        for part in parts("queues")
        if part.DESK.duties & held
    ]
