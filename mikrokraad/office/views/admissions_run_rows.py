"""Runs in the list of the admissions desk: places, and where applications stand."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from mikrokraad.admissions import cases
from mikrokraad.admissions.rules import STAGED, UNDECIDED, State
from mikrokraad.catalogue.models import Run
from mikrokraad.core.texts import said
from mikrokraad.seats.queries import places_left

Context = dict[str, Any]


def run_rows(runs: list[Run], *, at: datetime) -> list[Context]:
    counts = cases.counts_of(runs)
    places = places_left(runs, at=at)
    return [
        {
            "href": reverse("office:admissions_run", args=[run.pk]),
            "programme": said(run.version.title),
            "intake": said(run.intake.name),
            "deadline": run.deadline,
            "left": places[run.pk].left if run.pk in places else "–",
            **_sums(counts.get(run.pk, {})),
        }
        for run in runs
    ]


def _sums(count: dict[str, int]) -> Context:
    def of(*states: State) -> int:
        return sum(count.get(state.value, 0) for state in states)

    return {
        "to_decide": of(*UNDECIDED),
        "staged": of(*STAGED),
        "offered": of(State.OFFERED),
        "waiting": of(State.WAITLISTED),
        "enrolled": of(State.ENROLLED),
    }
