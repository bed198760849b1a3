"""What would happen if the prepared offers went out now: a forecast, honest about itself."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from mikrokraad.admissions.models import Decision, Outcome
from mikrokraad.admissions.rules import LADDER, State
from mikrokraad.catalogue.models import Run

LEAST_HISTORY = 20  # fewer answered offers than that tell nothing


class Basis(StrEnum):
    """What a share of acceptance is taken from."""

    PROGRAMME = "programme"
    UNIVERSITY = "university"
    NOTHING = "nothing"


@dataclass(frozen=True)
class History:
    """How many answered offers there were, and how many of them were accepted."""

    offers: int
    accepted: int


@dataclass(frozen=True)
class Forecast:
    """Of the offers that are out or prepared, how many come; what stays free or is short."""

    basis: Basis
    offers: int
    history: History
    expected: int
    free: int
    short: int
    from_the_list: int


def chosen(programme: History, university: History) -> tuple[Basis, History]:
    """The programme's own history if there is enough of it, else everybody's."""
    if programme.offers >= LEAST_HISTORY:
        return Basis.PROGRAMME, programme
    if university.offers >= LEAST_HISTORY:
        return Basis.UNIVERSITY, university
    return Basis.NOTHING, programme


def forecast(
    *, offers: int, places: int, waiting: int, programme: History, university: History
) -> Forecast:
    """Without history everybody is expected to accept: that is the careful guess."""
    basis, history = chosen(programme, university)
    expected = offers
    if basis != Basis.NOTHING:
        expected = round(offers * history.accepted / history.offers)
    free = max(0, places - expected)
    return Forecast(
        basis,
        offers,
        history,
        expected,
        free,
        max(0, expected - places),
        min(free, waiting),
    )


_CAME = Q(application__state__in=LADDER.where("holds_seat")) | Q(
    application__agreement__isnull=False
)


def answered_offers() -> QuerySet[Decision]:
    """Offers that were made, stood, and have an answer, or time that ran out."""
    made = Decision.objects.filter(
        outcome=Outcome.OFFER, released_at__isnull=False, undone_at=None
    )
    return made.exclude(
        application__state__in=[
            State.OFFERED,
            State.WAITLISTED,
            State.WITHDRAWN_BY_SCHOOL,
            State.CALLED_OFF,
        ]
    )


def histories_of(run: Run) -> tuple[History, History]:
    """Of earlier runs of the programme, and of the whole university. One query."""
    own = Q(application__run__version__programme=run.version.programme_id)
    row = (
        answered_offers()
        .exclude(application__run=run)
        .aggregate(
            own=Count("pk", filter=own),
            own_came=Count("pk", filter=own & _CAME),
            everybodys=Count("pk"),
            came=Count("pk", filter=_CAME),
        )
    )
    return (
        History(row["own"], row["own_came"]),
        History(row["everybodys"], row["came"]),
    )
