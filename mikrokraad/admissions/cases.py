"""Applications as staff see them: those of their own units, once they are sent."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When

from mikrokraad.admissions.models import (
    Application,
    Condition,
    Decision,
    Evidence,
    Message,
    Note,
    Outcome,
)
from mikrokraad.admissions.rules import CLOSED, LADDER, UNDECIDED, WATCHED, Mover, State
from mikrokraad.catalogue.models import Programme, Run
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import units_of
from mikrokraad.seats.waiting import waiting_people

ADMISSION_DUTIES = (Duty.OFFICER, Duty.PROGRAMME_MANAGER)
STAFF_MOVES = LADDER.where("mover", Mover.STAFF)
_WHOSE_TURN = Case(
    When(state__in=STAFF_MOVES, then=0), When(state__in=CLOSED, then=2), default=1
)


def runs_for(person: Person) -> QuerySet[Run]:
    """Published runs of this person's units, the latest start first."""
    return (
        Run.objects.filter(
            published_at__isnull=False,
            version__programme__unit__in=units_of(person, *ADMISSION_DUTIES),
        )
        .select_related("version__programme__unit", "intake", "contact")
        .order_by("-starts_on", "version__programme__slug")
    )


def cases_for(person: Person) -> QuerySet[Application]:
    """Sent applications to this person's units: those that wait for staff first, what
    is over last; among each, longest waiting first."""
    units = units_of(person, *ADMISSION_DUTIES)
    return (
        Application.objects.filter(
            submitted_at__isnull=False, run__version__programme__unit__in=units
        )
        .select_related(
            "person", "assigned_to", "run__intake", "run__version__programme"
        )
        .order_by(_WHOSE_TURN, "submitted_at", "pk")
    )


def filtered(  # noqa: PLR0913 -- one for each filter of the queue
    cases: QuerySet[Application],
    *,
    by: Person,
    at: datetime,
    programme: str = "",
    run: str = "",
    state: str = "",
    mover: str = "",
    assigned: str = "",
    late: str = "",
) -> QuerySet[Application]:
    if programme:
        cases = cases.filter(run__version__programme__slug=programme)
    if run:
        cases = cases.filter(run__pk=run)
    if assigned:
        cases = cases.filter(assigned_to=by if assigned == "me" else None)
    if late:
        cases = overdue(cases, at=at)
    if state:
        cases = cases.filter(state=state)
    if mover:
        cases = cases.filter(state__in=LADDER.where("mover", Mover(mover)))
    return cases


def programmes_with_cases(person: Person) -> QuerySet[Programme]:
    return Programme.objects.filter(
        pk__in=cases_for(person).order_by().values("run__version__programme")
    ).prefetch_related("versions")


def with_the_file(cases: QuerySet[Application]) -> QuerySet[Application]:
    """Fetch everything that one case shows."""
    return cases.select_related(
        "person",
        "version__programme",
        "run__contact",
        "run__version__programme__unit",
        "run__version__field",
        "fee_agreement__quote",
    ).prefetch_related(
        Prefetch(
            "evidence", Evidence.objects.filter(removed_at=None).order_by("uploaded_at")
        ),
        Prefetch("messages", Message.objects.select_related("by").order_by("at", "pk")),
        Prefetch(
            "decisions", Decision.objects.select_related("by").order_by("staged_at")
        ),
    )


def evidence_for_staff(person: Person) -> QuerySet[Evidence]:
    return Evidence.objects.filter(
        application__in=cases_for(person), removed_at=None
    ).select_related("application")


def conditions_for(person: Person) -> QuerySet[Condition]:
    """Conditions of offers that this person's units made."""
    cases = cases_for(person).order_by()
    return Condition.objects.filter(decision__application__in=cases).select_related(
        "decision__application"
    )


def undecided_of(run: Run) -> QuerySet[Application]:
    """Sent applications on which nothing is prepared."""
    return Application.objects.filter(run=run, state__in=UNDECIDED)


def late_at(cases: QuerySet[Application], *, at: datetime) -> QuerySet[Application]:
    """Those that wait for staff and whose day to decide has passed."""
    return cases.filter(state__in=STAFF_MOVES, move_by__lt=at)


def overdue(cases: QuerySet[Application], *, at: datetime) -> QuerySet[Application]:
    """Late ones of ours; and silence, or a condition, whose day has passed."""
    return cases.filter(state__in=[*STAFF_MOVES, *WATCHED], move_by__lte=at)


def silent_at(cases: QuerySet[Application], *, at: datetime) -> QuerySet[Application]:
    """Applicants whose day to answer, or to meet a condition, has passed."""
    return cases.filter(state__in=WATCHED, move_by__lte=at)


def colleagues_of(person: Person) -> QuerySet[Person]:
    """Who may see to this person's cases, with this person."""
    units = units_of(person, *ADMISSION_DUTIES)
    here = Q(roles__unit=None) | Q(roles__unit__in=units)
    return (
        Person.objects.filter(here, roles__duty__in=ADMISSION_DUTIES)
        .distinct()
        .order_by("family_name", "given_name", "pk")
    )


def notes_of(case: Application) -> QuerySet[Note]:
    return case.notes.select_related("by").order_by("at", "pk")


def counts_of(runs: Iterable[Run]) -> dict[UUID, dict[str, int]]:
    """Per run: how many applications stand where. Two queries for any number of runs."""
    states = {
        state.value: Count("pk", filter=Q(state=state))
        for state in State
        if state != State.DRAFT
    }
    rows = Application.objects.filter(run__in=[run.pk for run in runs])
    return {
        row.pop("run"): row for row in rows.order_by().values("run").annotate(**states)
    }


def open_offers_of(run: Run) -> int:
    """Offers that are out, have no answer yet and hold no place."""
    return Application.objects.filter(run=run, state=State.OFFERED, bundle=None).count()


def staged_of(run: Run) -> QuerySet[Decision]:
    """Decisions that are ready and not released yet, offers first."""
    return (
        Decision.objects.filter(application__run=run, released_at=None, dropped_at=None)
        .select_related("application__person", "by")
        .order_by("outcome", "staged_at")
    )


def staged_offers(decisions: Iterable[Decision]) -> int:
    return sum(decision.outcome == Outcome.OFFER for decision in decisions)


def counts_by_state(cases: QuerySet[Application]) -> dict[str, int]:
    rows = cases.order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def waiting_of(run: Run) -> list[Application]:
    """Who waits for a place on this run, in the order of the list."""
    waiting = Application.objects.filter(run=run, state=State.WAITLISTED)
    by_person = {each.person_id: each for each in waiting.select_related("person")}
    order = waiting_people(run).values_list("person", flat=True)
    return [by_person[person] for person in order if person in by_person]


def fallen_away(run: Run) -> list[Application]:
    """Applications taken back while a decision on them was prepared."""
    taken_back = Application.objects.filter(run=run, state=State.WITHDRAWN)
    prepared = taken_back.filter(
        decisions__dropped_at=F("changed_at"), decisions__released_at=None
    )
    return list(prepared.select_related("person").distinct())
