"""What waits on the admissions desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.admissions import cases, deferring, groups
from mikrokraad.admissions.rules import STAGED, State
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person

DESK = Desk(
    gettext_lazy("Applications"),
    "office:admissions_queue",
    frozenset(cases.ADMISSION_DUTIES),
)


def waiting(person: Person, *, at: datetime) -> list[Queue]:
    """New ones, those being read, decisions to release, and what is late."""
    mine = cases.cases_for(person)
    queue = reverse("office:admissions_queue")
    runs = reverse("office:admissions_runs")
    counts = cases.counts_by_state(mine)
    staged = sum(counts.get(state, 0) for state in STAGED)
    lines = [
        Queue(
            counts.get(State.SUBMITTED, 0),
            _("new applications"),
            f"{queue}?state={State.SUBMITTED}",
        ),
        Queue(
            counts.get(State.UNDER_REVIEW, 0),
            _("being read"),
            f"{queue}?state={State.UNDER_REVIEW}",
        ),
        Queue(staged, _("decisions to release"), runs),
        Queue(
            cases.late_at(mine, at=at).count(),
            _("past the day to decide"),
            f"{queue}?mover=staff",
            urgent=True,
        ),
    ]
    silent = cases.silent_at(mine, at=at).count()
    lines.append(
        Queue(
            silent,
            _("applicants whose day has passed"),
            f"{queue}?late=yes&mover=applicant",
            urgent=True,
        )
    )
    lines.append(
        Queue(
            deferring.open_wishes(mine).count(),
            _("wishes for a later run"),
            reverse("office:admissions_deferrals"),
        )
    )
    undecided = groups.waiting_for_a_decision(person, at=at).count()
    lines.append(
        Queue(
            undecided,
            _("groups to decide on"),
            reverse("office:admissions_groups"),
            urgent=True,
        )
    )
    return [line for line in lines if line.figure]
