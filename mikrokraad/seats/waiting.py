"""Who waits for a place on a run: their order, groups, whose turn it is, and the odds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from mikrokraad.catalogue.models import Run
from mikrokraad.people.models import Person
from mikrokraad.seats.models import PassedOver, WaitingGroup, WaitlistEntry
from mikrokraad.seats.queries import places_left
from mikrokraad.seats.rules import Waiting, in_turns, span_in, whose_turn

ORDER = ("rank_class", "joined_at", "pk")
LEAST_HISTORY = 20  # fewer cases than that tell nothing
OFFERED = Q(state=Waiting.PLACED) | Q(offered_until__isnull=False)


def waiting_people(run: Run) -> QuerySet[WaitlistEntry]:
    """Who waits, the next one first."""
    return (
        WaitlistEntry.objects.filter(run=run, state=Waiting.WAITING)
        .select_related("person", "run")
        .order_by(*ORDER)
    )


def waitlist_entry(run: Run, person: Person) -> WaitlistEntry | None:
    """This person's live entry: waiting, or with a place offered."""
    return WaitlistEntry.objects.filter(
        run=run, person=person, state__in=[Waiting.WAITING, Waiting.OFFERED]
    ).first()


def waitlist_position(run: Run, person: Person) -> int | None:
    """1 for the next in turn; None when the person does not wait."""
    order = list(waiting_people(run).values_list("person", flat=True))
    return order.index(person.pk) + 1 if person.pk in order else None


def _group_of(entry: WaitlistEntry) -> UUID | None:
    return entry.group_id


def turns_of(run: Run) -> list[list[WaitlistEntry]]:
    """Who waits, in the order in which they are offered places; groups together."""
    return in_turns(list(waiting_people(run)), _group_of)


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is offered places now, all of them together; and whom that passes over."""

    entries: list[WaitlistEntry]
    passed: list[list[WaitlistEntry]]
    free: int


NOBODY = Turn([], [], 0)


def next_turn(run: Run, *, at: datetime) -> Turn:
    """Whose turn it is; NOBODY's when nobody waits who fits into the places there are.

    Not locked: whoever offers a place has locked the run's places.
    """
    free = places_left([run], at=at)[run.pk].left
    first = waiting_people(run).first() if free else None
    if first is None:
        return NOBODY
    if first.group_id is None:
        return Turn([first], [], free)
    entries, passed = whose_turn(turns_of(run), free=free)
    return Turn(entries, passed, free)


def would_be_offered(run: Run, *, besides: int, at: datetime) -> bool:
    """Whether anybody who waits fits into what is left, and `besides` more places."""
    if not waiting_people(run).exists():
        return False
    free = places_left([run], at=at)[run.pk].left + besides
    entries, _passed = whose_turn(turns_of(run), free=free)
    return bool(entries)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in the list: between which positions, and who is with them."""

    best: int
    worst: int
    group: Sequence[WaitlistEntry]
    rank_class: int


def standing_of(run: Run, person: Person) -> Standing | None:
    """None when the person does not wait."""
    turns = turns_of(run)
    for turn in turns:
        for entry in turn:
            if entry.person_id == person.pk:
                best, worst = span_in(turns, turn)
                return Standing(best, worst, turn, entry.rank_class)
    return None


@dataclass(frozen=True, slots=True)
class History:
    """Of `cases` people who once waited as far back, or further, `offered` got an offer.

    `same` says whether they waited for this programme, or for any.
    """

    cases: int
    offered: int
    same: bool


def history_of(run: Run, position: int, *, on: datetime) -> History | None:
    """What became of those who stood at `position` or later in lists that have ended.

    Their position is counted over everybody who ever joined their list. None while
    there are too few cases to say anything.
    """
    for same in (True, False):
        found = _history(run, position, same=same, on=on)
        if found.cases >= LEAST_HISTORY:
            return found
    return None


def _history(run: Run, position: int, *, same: bool, on: datetime) -> History:
    ended = WaitlistEntry.objects.filter(run__starts_on__lte=on.date()).exclude(run=run)
    if same:
        ended = ended.filter(run__version__programme=run.version.programme_id)
    numbered = ended.annotate(
        number=Window(
            RowNumber(),
            partition_by=F("run"),
            order_by=[F(name).asc() for name in ORDER],
        )
    )
    told = numbered.filter(number__gte=position).aggregate(
        cases=Count("pk"), offered=Count("pk", filter=OFFERED)
    )
    return History(told["cases"], told["offered"], same)


def group_named(text: str) -> WaitingGroup | None:
    """The group of a link, if it is one."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    groups = WaitingGroup.objects.select_related("run__version__programme")
    return groups.filter(pk=key).first()


def waiting_in(group: WaitingGroup) -> int:
    """How many of a group still wait."""
    return group.entries.filter(state=Waiting.WAITING).count()


def passes_of(run: Run) -> QuerySet[PassedOver]:
    """Every time somebody in this list was passed over, the latest first."""
    return (
        PassedOver.objects.filter(entry__run=run)
        .select_related("entry__person")
        .order_by("-at", "-pk")
    )


def last_entry(run: Run, person: Person) -> WaitlistEntry | None:
    """The newest entry this person ever had in the list, whatever became of it."""
    entries = WaitlistEntry.objects.filter(run=run, person=person)
    return entries.order_by("-joined_at", "-pk").first()


def passes_of_entry(entry: WaitlistEntry) -> QuerySet[PassedOver]:
    return entry.passed_over.order_by("-at", "-pk")


def skipped_people(run: Run) -> QuerySet[WaitlistEntry]:
    """Who was taken out of the list when their turn came."""
    return (
        WaitlistEntry.objects.filter(run=run, state=Waiting.SKIPPED)
        .select_related("person")
        .order_by("-joined_at", "-pk")
    )
