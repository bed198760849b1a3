"""Seat rules: who holds a place, how many are left for whom, who is next. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models

from mikrokraad.core.errors import Refusal

STUDIES_ENDED = "studies ended"  # why an enrolled person's places were released
NOT_IN_THE_LIST = "not in the list"  # why a degree student's place was released
DEGREE_STUDENTS = "degree students"  # why a section may be overbooked: they are right
NO_APPLICATION = "no application"  # why somebody in the list was passed over
T = TypeVar("T")


class ClaimState(models.TextChoices):
    HELD = "held"
    CONFIRMED = "confirmed"
    RELEASED = "released"


class Waiting(models.TextChoices):
    WAITING = "waiting"
    OFFERED = "offered"
    PLACED = "placed"
    LEFT = "left"
    SKIPPED = "skipped"


class PoolKey(models.TextChoices):
    """For whom places are kept, or limited."""

    MICRO = "micro"
    DEGREE = "degree"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class PoolUse:
    """A pool of one unit, and how many of its people have a place.

    `released_at` ends what is kept; the cap, how many may come at all, stays.
    """

    pk: int
    key: str
    reserved: int
    cap: int | None
    released_at: datetime | None
    used: int

    def kept(self, *, at: datetime) -> int:
        """Places that nobody else may have. The moment of release is released."""
        if self.released_at is not None and self.released_at <= at:
            return 0
        return max(0, self.reserved - self.used)


def room_for(
    key: str, *, size: int, taken: int, pools: Iterable[PoolUse], at: datetime
) -> int:
    """How many more people of one pool may come; never below zero."""
    known = list(pools)
    kept = sum(pool.kept(at=at) for pool in known if pool.key != key)
    caps = [
        pool.cap - pool.used
        for pool in known
        if pool.key == key and pool.cap is not None
    ]
    return max(0, min([size - taken - kept, *caps]))


def in_turns(
    waiting: Sequence[T], group_of: Callable[[T], object | None]
) -> list[list[T]]:
    """Who is offered a place together, from people in the order of the list.

    Who waits alone is a turn alone. A group has the turn of its last member: whoever
    stood before that member stands before the group, so joining overtakes nobody.
    """
    missing = Counter(group_of(each) for each in waiting)
    together: dict[object, list[T]] = {}
    turns = []
    for each in waiting:
        group = group_of(each)
        if group is None:
            turns.append([each])
            continue
        turn = together.setdefault(group, [])
        turn.append(each)
        if len(turn) == missing[group]:
            turns.append(turn)
    return turns


def whose_turn(turns: Iterable[list[T]], *, free: int) -> tuple[list[T], list[list[T]]]:
    """The first turn with a place for everybody in it, and those it passes over."""
    passed: list[list[T]] = []
    for turn in turns:
        if len(turn) <= free:
            return turn, passed
        passed.append(turn)
    return [], []


def span_in(turns: Sequence[Collection[T]], mine: Collection[T]) -> tuple[int, int]:
    """Between which positions somebody of the turn `mine` stands, the better one first.

    Groups before them may have to wait until there are places for all of them.
    """
    before = list(turns[: turns.index(mine)])
    alone = sum(len(turn) == 1 for turn in before)
    return alone + 1, sum(map(len, before)) + len(mine)


class NoSeatLeft(Refusal):
    """There is no place. `bottleneck` names the unit that is full."""

    code = "no-seat-left"

    def __init__(self, message: str, *, bottleneck: str = "") -> None:
        super().__init__(message)
        self.bottleneck = bottleneck


class HoldHasExpired(Refusal):
    code = "hold-has-expired"


class ReasonNeeded(Refusal):
    code = "reason-needed"


class PoolsDoNotFit(Refusal):
    code = "pools-do-not-fit"


class CannotJoinGroup(Refusal):
    code = "cannot-join-group"
