"""What the templates of the desk of places are given: pictures, and the words for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from mikrokraad.admissions import cases
from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core.calendar import day_of, day_text, until_text
from mikrokraad.core.texts import said
from mikrokraad.people.models import Person
from mikrokraad.seats import overview, waiting
from mikrokraad.seats.models import CapacityUnit, WaitlistEntry
from mikrokraad.seats.overview import Overview
from mikrokraad.seats.rules import DEGREE_STUDENTS, PoolKey, PoolUse
from mikrokraad.seats.words import passed_over_text, skipped_text

Context = dict[str, Any]
MOST_TOLD = 5  # times that a group was passed over
MOST_SQUARES = 240  # more would be a wall; the numbers say it
WHOM: dict[str, str | Promise] = {
    PoolKey.MICRO: gettext_lazy("micro learners"),
    PoolKey.DEGREE: gettext_lazy("degree students"),
    PoolKey.EMPLOYER: gettext_lazy("an employer's people"),
}
# A square's look, in the order in which they stand; and what it says, with how many.
KINDS: dict[str, Any] = {
    "micro": ngettext_lazy("{n} micro learner", "{n} micro learners", "n"),
    "held": ngettext_lazy("{n} place held", "{n} places held", "n"),
    "employer": ngettext_lazy("{n} of an employer", "{n} of an employer", "n"),
    "degree": ngettext_lazy("{n} degree student", "{n} degree students", "n"),
    "kept": ngettext_lazy("{n} kept", "{n} kept", "n"),
    "free": ngettext_lazy("{n} free", "{n} free", "n"),
}


@dataclass(frozen=True)
class One:
    """A run or a section whose places somebody may change."""

    thing: Run | CourseSection
    unit: CapacityUnit | None
    seen: Overview | None
    shown: Context

    @property
    def size_now(self) -> Context:
        if self.unit is None:
            return {}
        reason = self.unit.overbooking_reason
        return {
            "size": self.unit.size,
            "reason": "" if reason == DEGREE_STUDENTS else reason,
        }

    def pool_now(self, key: str) -> Context:
        pool = self.seen.pool(key) if self.seen else None
        if pool is None:
            return {"reserved": 0}
        day = pool.released_at and day_of(pool.released_at)
        return {"reserved": pool.reserved, "cap": pool.cap, "released_on": day}


def run_rows(runs: list[Run], *, at: datetime) -> list[Context]:
    found = overview.overviews(overview.runs_with_units(runs), at=at)
    by_run = {each.unit.run_id: each for each in found.values()}
    return [
        {
            "href": reverse("office:places_run", args=[run.pk]),
            "programme": said(run.version.title),
            "intake": said(run.intake.name),
            **picture(by_run.get(run.pk)),
        }
        for run in runs
    ]


def run_page(run: Run, person: Person, *, at: datetime) -> Context:
    required, chosen = overview.things_of(run)
    sections = [*required, *chosen]
    units = overview.units_by_thing(run, sections)
    seen = overview.overviews(units.values(), at=at)
    may = overview.changeable_by(person, sections, *cases.ADMISSION_DUTIES) | {run.pk}
    shared = overview.sharing(sections, run)

    def row(thing: Run | CourseSection) -> Context:
        unit = units.get(thing.pk)
        one = _shown(run, thing, seen[unit.pk] if unit else None, at=at)
        others = shared[thing.pk]
        return {**one, "may": thing.pk in may, "shared": _shared(others)}

    return {
        "run": run,
        "group": row(run),
        "required": [row(each) for each in required],
        "chosen": [row(each) for each in chosen],
        "waiting": waiting_rows(run),
        "skipped": skipped_rows(run),
        "list_ends": day_text(run.starts_on),
    }


def changeable(run: Run, pk: UUID, person: Person, *, at: datetime) -> One | None:
    """The run or the section of it with this id, if this person may set its places."""
    required, chosen = overview.things_of(run)
    sections = {each.pk: each for each in [*required, *chosen]}
    mine = overview.changeable_by(person, sections.values(), *cases.ADMISSION_DUTIES)
    thing: Run | CourseSection | None = run if pk == run.pk else sections.get(pk)
    if thing is None or pk not in mine | {run.pk}:
        return None
    unit = overview.units_by_thing(run, list(sections.values())).get(pk)
    seen = overview.overviews([unit], at=at)[unit.pk] if unit else None
    return One(thing, unit, seen, _shown(run, thing, seen, at=at))


def _shown(
    run: Run, thing: Run | CourseSection, seen: Overview | None, *, at: datetime
) -> Context:
    is_run = isinstance(thing, Run)
    return {
        "title": _("The group") if isinstance(thing, Run) else said(thing.course.title),
        "code": "" if is_run else str(thing),
        "size_href": reverse("office:places_size", args=[run.pk, thing.pk]),
        "pools": [_pool(run, thing, seen, key, at=at) for key in WHOM],
        **picture(seen),
    }


def _shared(others: int) -> str:
    if not others:
        return ""
    return ngettext(
        "{n} other programme takes seats here too.",
        "{n} other programmes take seats here too.",
        others,
    ).format(n=others)


def picture(seen: Overview | None) -> Context:
    """A square for each place; the words below it say the same."""
    if seen is None:
        return {"opened": False}
    counts = _counts(seen)
    squares = [kind for kind, n in counts.items() for _n in range(n)]
    size, total = seen.unit.size, seen.total
    return {
        "opened": True,
        "squares": squares[:size] if len(squares) <= MOST_SQUARES else [],
        "beyond": squares[size:] if len(squares) <= MOST_SQUARES else [],
        "keys": [
            (kind, str(KINDS[kind] % {"n": n}).format(n=n))
            for kind, n in counts.items()
            if n
        ],
        "sum": _("{taken} of {size} taken").format(taken=total, size=size),
        "left": ngettext(
            "{n} left for micro learners", "{n} left for micro learners", left
        ).format(n=left)
        if (left := seen.left_for(PoolKey.MICRO))
        else _("none left for micro learners"),
        "over": _over(seen),
        "holds": [f"{n} {until_text(day)}" for day, n in sorted(seen.holds.items())],
    }


def _counts(seen: Overview) -> dict[str, int]:
    """How many squares of each look, in their order."""
    held, kept = seen.held, sum(seen.kept.values())
    free = max(0, seen.unit.size - seen.total)
    kept = min(kept, free)
    return {
        "micro": seen.taken[PoolKey.MICRO] - held,
        "held": held,
        "employer": seen.taken[PoolKey.EMPLOYER],
        "degree": seen.taken[PoolKey.DEGREE],
        "kept": kept,
        "free": free - kept,
    }


def _over(seen: Overview) -> str:
    if not seen.over:
        return ""
    many = ngettext(
        "Overbooked by {n}. Nobody loses a place; nobody new gets one until it fits.",
        "Overbooked by {n}. Nobody loses a place; nobody new gets one until it fits.",
        seen.over,
    ).format(n=seen.over)
    reason = seen.unit.overbooking_reason
    if reason == DEGREE_STUDENTS:
        reason = _("the study system has more degree students than there is room")
    return f"{many} {_('Why')}: {reason.rstrip('.')}." if reason else many


def _pool(
    run: Run,
    thing: Run | CourseSection,
    seen: Overview | None,
    key: str,
    *,
    at: datetime,
) -> Context:
    pool = seen.pool(key) if seen else None
    return {
        "whom": WHOM[key],
        "told": _told(pool, at=at),
        "href": reverse("office:places_keep", args=[run.pk, thing.pk, str(key)]),
    }


def _told(pool: PoolUse | None, *, at: datetime) -> str:
    """“10 kept until 10 January, 20 at most”; nothing where they come like everybody."""
    parts = []
    if pool and pool.reserved:
        parts.append(_kept_text(pool, at=at))
    if pool and pool.cap is not None:
        parts.append(_("{n} at most").format(n=pool.cap))
    return ", ".join(parts)


def _kept_text(pool: PoolUse, *, at: datetime) -> str:
    until = pool.released_at
    if until is None:
        return _("{n} kept for them").format(n=pool.reserved)
    words = (
        _("{n} were kept for them, free for everybody since {day}")
        if until <= at
        else _("{n} kept for them, free for everybody from {day}")
    )
    return words.format(n=pool.reserved, day=day_text(day_of(until)))


# The waiting list ---------------------------------------------------------------


def waiting_rows(run: Run) -> list[Context]:
    """Turn by turn: who, at which positions, and what they were passed over for."""
    cases_by_person = {each.person_id: each for each in cases.waiting_of(run)}
    passes: dict[int, list[str]] = {}
    for each in waiting.passes_of(run):
        passes.setdefault(each.entry_id, []).append(passed_over_text(each))
    rows, position = [], 1
    for turn in waiting.turns_of(run):
        rows.append(
            {
                "number": _numbers(position, len(turn)),
                "people": [_waiting_person(each, cases_by_person) for each in turn],
                "why": passes.get(turn[0].pk, [])[:MOST_TOLD],
            }
        )
        position += len(turn)
    return rows


def _numbers(first: int, many: int) -> str:
    return f"{first}." if many == 1 else f"{first}.–{first + many - 1}."


def _waiting_person(entry: WaitlistEntry, known: dict[Any, Any]) -> Context:
    case = known.get(entry.person_id)
    return {
        "name": entry.person.name,
        "since": entry.joined_at,
        "href": reverse("office:admissions_application", args=[case.pk])
        if case
        else "",
    }


def skipped_rows(run: Run) -> list[Context]:
    entries: Iterable[WaitlistEntry] = waiting.skipped_people(run)
    return [
        {"name": each.person.name, "why": skipped_text(each.skip_reason)}
        for each in entries
    ]
