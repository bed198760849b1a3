"""What must never be false about studies, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from mikrokraad.catalogue.models import RunSection
from mikrokraad.seats.models import LIVE as LIVE_CLAIM
from mikrokraad.seats.models import CapacityUnit, SeatClaim
from mikrokraad.seats.rules import ClaimState
from mikrokraad.studies import queries, rules
from mikrokraad.studies.models import (
    CompletionDecision,
    Ending,
    Enrolment,
    Result,
    SectionPlace,
)
from mikrokraad.studies.rules import (
    GRADES,
    LIVE,
    Earned,
    EnrolmentState,
    Money,
)

CHECKED = {
    "R1": "what was earned is computed from confirmed results, as they are now",
    "R3": "results only grow: a correction follows what it corrects, and says why",
    "R4": "who studies has a place in every required section, behind a confirmed seat",
    "R5": "the state of studies is what was decided about them",
    "R6": "studies that ended early hold no seat, and their money is one case with them",
}
ENDED_AS = {
    Earned.CERTIFICATE: {EnrolmentState.COMPLETED, EnrolmentState.INTERRUPTED},
    Earned.STATEMENT: {EnrolmentState.PARTIALLY_COMPLETED, EnrolmentState.INTERRUPTED},
    Earned.NOTHING: {EnrolmentState.INTERRUPTED},
}
LEFT = (EnrolmentState.INTERRUPTED, EnrolmentState.CANCELLED)
Breach = tuple[str, str]


def broken(*, at: datetime) -> Iterator[Breach]:  # noqa: ARG001 -- every room's checker takes the moment
    """One pair of code and sentence for each breach."""
    yield from _decisions()
    yield from _results()
    yield from _places()
    yield from _states()
    yield from _endings()


def _decisions() -> Iterator[Breach]:
    found = CompletionDecision.objects.select_related("enrolment__run__version")
    for decision in found.order_by("pk").iterator():
        enrolment = decision.enrolment
        computed = rules.complete(
            queries.courses_of(enrolment), queries.electives_of(enrolment)
        )
        if (decision.earned, decision.passed_ects) != (
            computed.earned,
            computed.passed_ects,
        ):
            yield "R1", f"completion {decision.pk} is not what the results earn"
        if _graded(decision) != _confirmed(enrolment):
            yield "R1", f"completion {decision.pk} names other results than confirmed"


def _graded(decision: CompletionDecision) -> set[tuple[Any, ...]]:
    courses = decision.basis["courses"]
    return {(c["course"], c["grade"], c["result"]) for c in courses if c["grade"]}


def _confirmed(enrolment: Enrolment) -> set[tuple[Any, ...]]:
    places = queries.places_with_results(enrolment)
    results = [(place, queries.result_of(place)) for place in places]
    return {(p.section.course_id, r.grade, str(r.pk)) for p, r in results if r}


def _results() -> Iterator[Breach]:
    corrections = Result.objects.filter(corrects__isnull=False)
    astray = corrections.filter(
        ~Q(corrects__place=F("place")) | Q(corrects__confirmed_at__gt=F("confirmed_at"))
    )
    for pk in astray.values_list("pk", flat=True):
        yield "R3", f"result {pk} corrects one of another place, or a later one"
    for pk in corrections.filter(reason="").values_list("pk", flat=True):
        yield "R3", f"result {pk} does not say why"
    for scale, grades in GRADES.items():
        off = Result.objects.filter(scale=scale).exclude(grade__in=grades)
        for pk in off.values_list("pk", flat=True):
            yield "R3", f"result {pk} is not on its scale"


def _places() -> Iterator[Breach]:
    for enrolment in Enrolment.objects.filter(state__in=LIVE).order_by("pk"):
        required = RunSection.objects.filter(run=enrolment.run_id, required=True)
        lacking = required.exclude(
            section__in=enrolment.section_places.values("section")
        )
        for section in lacking.values_list("section", flat=True):
            yield "R4", f"enrolment {enrolment.pk} has no place in section {section}"
    counted = CapacityUnit.objects.filter(section__isnull=False).values("section")
    live = SectionPlace.objects.filter(enrolment__state__in=LIVE, section__in=counted)
    sure = SeatClaim.objects.filter(state=ClaimState.CONFIRMED).values("pk")
    unsure = live.exclude(
        claim__in=sure,
        claim__person=F("enrolment__person"),
        claim__unit__section=F("section"),
    )
    for pk in unsure.values_list("pk", flat=True):
        yield "R4", f"section place {pk} stands on no confirmed seat"


def _states() -> Iterator[Breach]:
    for decision in CompletionDecision.objects.select_related("enrolment").iterator():
        state = EnrolmentState(decision.enrolment.state)
        if state not in ENDED_AS[Earned(decision.earned)]:
            yield "R5", f"enrolment {decision.enrolment_id} is {state}, not as decided"
    decided = (EnrolmentState.COMPLETED, EnrolmentState.PARTIALLY_COMPLETED)
    undecided = Enrolment.objects.filter(state__in=decided, completion=None)
    for pk in undecided.values_list("pk", flat=True):
        yield "R5", f"enrolment {pk} is completed and nothing was decided"


def _endings() -> Iterator[Breach]:
    ended = Enrolment.objects.filter(state__in=LEFT)
    untold = ended.filter(ending=None).exclude(completion__earned=Earned.NOTHING)
    for pk in untold.values_list("pk", flat=True):
        yield "R6", f"enrolment {pk} ended and nobody decides about its money"
    for ending in Ending.objects.select_related("enrolment", "agreement"):
        enrolment = ending.enrolment
        seats = SeatClaim.objects.filter(
            LIVE_CLAIM, unit__run=enrolment.run_id, person=enrolment.person_id
        )
        again = Enrolment.objects.filter(
            run=enrolment.run_id, person=enrolment.person_id, state__in=LIVE
        )
        if seats.exists() and not again.exists():
            yield "R6", f"enrolment {enrolment.pk} ended and its seat is still held"
        agreement = ending.agreement
        credited = agreement is not None and agreement.ended_at is not None
        if credited != (ending.money == Money.CREDITED):
            yield "R6", f"ending {ending.pk} says another thing than its agreement"
