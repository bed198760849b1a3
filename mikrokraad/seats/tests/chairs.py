"""An oracle: what places should come to, counted chair by chair in plain Python.

It knows no database, lock or transaction. Every step happens at one moment `AT`; a hold
until before it has run out.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

SHORT, LONG, SURE = 1, 9, 99  # until when somebody sits there, before and after AT
AT = 5
MICRO, DEGREE = "micro", "degree"


@dataclass
class Chair:
    unit: str
    who: str
    pool: bool  # whether it counts in its people's pool
    of: str  # the run of the bundle it belongs to; nothing for degree students
    until: int

    @property
    def sits(self) -> bool:
        return self.until > AT


@dataclass
class Pool:
    reserved: int = 0
    cap: int | None = None
    released: bool = False


class No(Exception):
    """A refusal; whatever was done before is undone."""


@dataclass
class Hall:
    sizes: dict[str, int]
    needs: dict[str, list[str]]  # the units of each run, its own first
    chosen: str  # the elective
    chairs: list[Chair] = field(default_factory=list)
    pools: dict[tuple[str, str], Pool] = field(default_factory=dict)
    reasoned: set[str] = field(default_factory=set)

    def taken(self, unit: str, *, key: str = "") -> int:
        """Everybody there, or those who count in a pool."""
        there = [chair for chair in self.chairs if chair.unit == unit]
        if not key:
            return len(there)
        return sum(each.pool and _kind(each.who) == key for each in there)

    def room(self, unit: str) -> int:
        """For one more learner."""
        room = self.sizes[unit] - self.taken(unit)
        for (where, key), pool in self.pools.items():
            if where != unit:
                continue
            used = self.taken(unit, key=key)
            if key != MICRO and not pool.released:
                room -= max(0, pool.reserved - used)
            if key == MICRO and pool.cap is not None:
                room = min(room, pool.cap - used)
        return room

    def sit(self, who: str, units: Iterable[str], run: str, until: int) -> None:
        """On each of these, or on none."""
        wanted = list(units)
        if any(self.room(unit) <= 0 for unit in wanted):
            raise No("no-seat-left")
        for unit in wanted:
            in_pool = (unit, MICRO) in self.pools
            self.chairs.append(Chair(unit, who, in_pool, run, until))

    def free(self, chairs: Iterable[Chair]) -> None:
        """Who shares a course with another programme keeps the seat for that one."""
        for chair in list(chairs):
            other = self._who_needs(chair)
            if other:
                chair.of = other
            else:
                self._stand_up(chair)

    def _stand_up(self, chair: Chair) -> None:
        self.chairs.remove(chair)
        if self.taken(chair.unit) <= self.sizes[chair.unit]:
            self.reasoned.discard(chair.unit)

    def _who_needs(self, chair: Chair) -> str:
        for run, units in self.needs.items():
            mine = [c for c in self.chairs if (c.who, c.of) == (chair.who, run)]
            has = {c.unit for c in mine}
            lacks = chair.unit in units and chair.unit not in has
            if run != chair.of and any(c.sits for c in mine) and lacks:
                return run
        return ""

    def mine(self, who: str, run: str) -> list[Chair]:
        return [c for c in self.chairs if (c.who, c.of) == (who, run)]

    # The steps -------------------------------------------------------------------

    def take(self, who: str, run: str) -> None:
        units = self.needs[run]
        here = [c for c in self.chairs if c.who == who and c.unit in units]
        if any(c.unit == units[0] and c.sits for c in here):
            return
        for chair in [c for c in here if not c.sits]:
            self._stand_up(chair)
        own = [c for c in here if c.sits]
        there = {c.unit for c in own}
        self.sit(who, [u for u in units if u not in there], run, LONG)
        for chair in own:
            chair.until = max(chair.until, LONG)

    def release(self, who: str, run: str) -> None:
        self.free(self.mine(who, run))

    def confirm(self, who: str, run: str) -> None:
        mine = self.mine(who, run)
        units = {*self.needs[run], *(c.unit for c in mine)}
        there = [c for c in self.chairs if c.who == who and c.unit in units and c.sits]
        if len(there) < len(units) or not mine:
            raise No("hold-has-expired")
        for chair in there:
            chair.until = SURE

    def expire(self) -> None:
        for who, run in sorted({(c.who, c.of) for c in self.chairs if not c.sits}):
            self.free(self.mine(who, run))

    def choose(self, who: str, run: str, *, wants: bool) -> None:
        mine = self.mine(who, run)
        if not any(c.until == SURE for c in mine):
            raise No("hold-has-expired")
        had = [c for c in mine if c.unit not in self.needs[run]]
        if not wants:
            self.free(had)
        elif not any(c.who == who and c.unit == self.chosen for c in self.chairs):
            self.sit(who, [self.chosen], run, SURE)

    def degree_list(self, unit: str, students: Sequence[str]) -> None:
        there = [c for c in self.chairs if c.unit == unit and _kind(c.who) == DEGREE]
        new = [s for s in students if s not in {c.who for c in there}]
        self._open_pool(unit, DEGREE)
        self.chairs += [Chair(unit, each, pool=True, of="", until=SURE) for each in new]
        for chair in [c for c in there if c.who not in students]:
            self._stand_up(chair)
        if new and self.taken(unit) > self.sizes[unit]:
            self.reasoned.add(unit)

    def resize(self, unit: str, size: int, *, why: bool) -> None:
        if size == self.sizes[unit] and not why:
            return
        if self.taken(unit) <= size:
            self.reasoned.discard(unit)
        elif why or (size >= self.sizes[unit] and unit in self.reasoned):
            self.reasoned.add(unit)
        else:
            raise No("reason-needed")
        self.sizes[unit] = size

    def keep(self, unit: str, key: str, pool: Pool) -> None:
        old = self._open_pool(unit, key)
        others = sum(
            each.reserved
            for (where, name), each in self.pools.items()
            if where == unit and name != key and not each.released
        )
        grows = pool.reserved > old.reserved
        if pool.cap is not None and pool.reserved > pool.cap:
            raise No("pools-do-not-fit")
        if grows and pool.reserved + others > self.sizes[unit]:
            raise No("pools-do-not-fit")
        self.pools[unit, key] = pool

    def _open_pool(self, unit: str, key: str) -> Pool:
        if (unit, key) not in self.pools:
            self.pools[unit, key] = Pool()
            for chair in self.chairs:
                if chair.unit == unit and _kind(chair.who) == key:
                    chair.pool = True
        return self.pools[unit, key]

    def seen(self) -> tuple[object, ...]:
        """Who sits where, how surely and in a pool or not; sizes, and what is overbooked."""
        who = sorted((c.unit, c.who, c.until == SURE, c.pool) for c in self.chairs)
        return who, sorted(self.sizes.items()), sorted(self.reasoned)


def _kind(who: str) -> str:
    return DEGREE if who.startswith("B") else MICRO


Step = tuple[str, tuple[object, ...], dict[str, object]]


def after(hall: Hall, step: Step) -> tuple[Hall, str]:
    """The hall after a step, and what was told."""
    changed = deepcopy(hall)
    name, args, facts = step
    try:
        getattr(changed, name)(*args, **facts)
    except No as no:
        return hall, str(no)
    return changed, "done"


def orders(lines: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Every order in which the steps of several people can happen, one by one."""
    if not any(lines):
        yield []
    for n, line in enumerate(lines):
        if line:
            rest = [*lines[:n], line[1:], *lines[n + 1 :]]
            yield from ([line[0], *more] for more in orders(rest))


def explains(
    hall: Hall,
    steps: Sequence[Step],
    lines: Sequence[Sequence[int]],
    told: Sequence[str],
    seen: tuple[object, ...],
) -> bool:
    """Whether some order of the steps, one after the other, tells and leaves the same.

    A step that crashed is one that never was.
    """
    return any(_fits(hall, steps, order, told, seen) for order in orders(lines))


def _fits(
    hall: Hall,
    steps: Sequence[Step],
    order: Sequence[int],
    told: Sequence[str],
    seen: tuple[object, ...],
) -> bool:
    for n in order:
        if told[n] == "crashed":
            continue
        hall, said = after(hall, steps[n])
        if said != told[n]:
            return False
    return hall.seen() == seen
