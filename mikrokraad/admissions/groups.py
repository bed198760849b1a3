"""Is a group large enough? Counts, money and day, for the desk that decides on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mikrokraad.admissions import cases
from mikrokraad.admissions.models import Application, GroupDecision, GroupOutcome
from mikrokraad.admissions.rules import CLOSED, LADDER, State, Step
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.rules import PriceKind
from mikrokraad.core.calendar import day_of
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.people.models import Person
from mikrokraad.seats.queries import places_left

MOST_ALTERNATIVES = 12
CALLABLE = [state for state in State if LADDER.allows(state, Step.CALL_OFF)]
HOLDING = LADDER.where("holds_seat")
CONFIRMED = [state for state in HOLDING if state in CLOSED]
LIKELY = [state for state in HOLDING if state not in CLOSED]
NOT_IN = (State.DRAFT, State.REJECTION_STAGED)
PENDING = tuple(
    state for state in CALLABLE if state not in (*CONFIRMED, *LIKELY, *NOT_IN)
)


@dataclass(frozen=True)
class Group:
    """How a run stands: who is sure, who most likely comes, who may; and the money."""

    confirmed: int
    likely: int
    pending: int
    fee_cents: int
    least: int

    @property
    def needed_cents(self) -> int:
        """The income of the smallest group."""
        return self.least * self.fee_cents

    @property
    def sure_cents(self) -> int:
        return self.confirmed * self.fee_cents

    @property
    def likely_cents(self) -> int:
        return (self.confirmed + self.likely) * self.fee_cents

    @property
    def missing(self) -> int:
        """How many are missing still if all who are likely come."""
        return max(0, self.least - self.confirmed - self.likely)


def runs_to_decide(person: Person, *, at: datetime) -> QuerySet[Run]:
    """Runs of this person's units with a smallest group, until they begin."""
    return (
        cases.runs_for(person)
        .filter(
            decide_by__isnull=False,
            min_group__gt=0,
            cancelled_at=None,
            starts_on__gte=day_of(at),
        )
        .select_related("group_decision__by")
        .order_by("decide_by", "version__programme__slug")
    )


def waiting_for_a_decision(person: Person, *, at: datetime) -> QuerySet[Run]:
    """Those whose day has come and nobody has decided, or a second person is needed."""
    return (
        runs_to_decide(person, at=at)
        .filter(decide_by__lte=day_of(at))
        .exclude(group_decision__outcome=GroupOutcome.GO)
    )


def groups_of(runs: Iterable[Run]) -> dict[UUID, Group]:
    """The group of each run; the same few queries for any number of runs."""
    known = list(runs)
    counts, prices = cases.counts_of(known), prices_of(known)
    return {
        run.pk: _group(run, counts.get(run.pk, {}), prices.get(run.pk)) for run in known
    }


def _group(run: Run, counts: dict[str, int], price: Price | None) -> Group:
    def of(states: Iterable[State]) -> int:
        return sum(counts.get(state.value, 0) for state in states)

    return Group(
        confirmed=of(CONFIRMED),
        likely=of(LIKELY),
        pending=of(PENDING),
        fee_cents=_fee(price) if price else 0,
        least=run.min_group,
    )


def _fee(price: Price) -> int:
    """What one person brings for the studies, without VAT and application fee."""
    lines = [line for line in price.lines if line["kind"] != PriceKind.APPLICATION_FEE]
    return sum(line["net_cents"] for line in lines)


def alternatives_to(run: Run, person: Person, *, at: datetime) -> list[Run]:
    """Runs of this person's units that one can apply for, with places; the likest first."""
    opened = cases.runs_for(person).filter(
        cancelled_at=None, opens_at__lte=at, starts_on__gt=day_of(at)
    )
    others = [each for each in opened.exclude(pk=run.pk) if each.deadline >= day_of(at)]
    left = places_left(others, at=at)
    same, field = run.version.programme_id, run.version.field_id
    found = sorted(
        (each for each in others if left[each.pk].left),
        key=lambda each: (
            each.version.programme_id != same,
            each.version.field_id != field,
            each.starts_on,
        ),
    )
    return found[:MOST_ALTERNATIVES]


def decision_on(run: Run) -> GroupDecision | None:
    return (
        GroupDecision.objects.filter(run=run)
        .select_related("by", "approved_by", "run")
        .first()
    )


def still_in(run: Run) -> list[Application]:
    """Everybody who has not been told yet: the surest first, then who came first."""
    rank = {state: n for n, state in enumerate((*CONFIRMED, *LIKELY, *PENDING))}
    live = Application.objects.filter(run=run, state__in=CALLABLE)
    return sorted(
        live.select_related("person"),
        key=lambda each: (
            rank.get(State(each.state), len(rank)),
            each.submitted_at or each.started_at,
            each.pk,
        ),
    )


def unfinished() -> QuerySet[GroupDecision]:
    """Runs that were called off and still have somebody in them."""
    return (
        GroupDecision.objects.filter(
            approved_at__isnull=False, run__applications__state__in=CALLABLE
        )
        .select_related("run", "approved_by")
        .distinct()
    )
