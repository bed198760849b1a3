"""Later runs of a programme, for somebody who cannot come to this one."""

from datetime import datetime

from django.db.models import Q, QuerySet

from mikrokraad.admissions.models import Application, Deferral
from mikrokraad.admissions.rules import LADDER, State, Step
from mikrokraad.catalogue.models import PlannedRun, Run
from mikrokraad.people.models import Person


def later_runs(application: Application, *, at: datetime) -> QuerySet[Run]:
    """Published runs of the same programme that begin later and are not over yet."""
    run = application.run
    return (
        Run.objects.filter(
            version__programme=run.version.programme_id,
            published_at__isnull=False,
            cancelled_at=None,
            starts_on__gt=max(run.starts_on, at.date()),
        )
        .select_related("intake", "version")
        .order_by("starts_on", "pk")
    )


def later_plans(application: Application) -> QuerySet[PlannedRun]:
    """Runs of the same programme that are being prepared and begin later."""
    run = application.run
    return (
        PlannedRun.objects.filter(version__programme=run.version.programme_id)
        .filter(Q(starts_on=None) | Q(starts_on__gt=run.starts_on))
        .exclude(intake=run.intake_id)
        .select_related("intake", "version")
        .order_by("starts_on", "pk")
    )


def may_ask(application: Application, *, at: datetime) -> bool:
    """A place that could be moved, somewhere to move it, and not asked before."""
    return (
        LADDER.allows(State(application.state), Step.DEFER)
        and not Deferral.objects.filter(application=application).exists()
        and (
            later_runs(application, at=at).exists() or later_plans(application).exists()
        )
    )


def wish_of(application: Application) -> Deferral | None:
    return (
        Deferral.objects.filter(application=application)
        .select_related("made__run__intake", "made__run__version", "decided_by")
        .first()
    )


def open_wishes(cases: QuerySet[Application]) -> QuerySet[Deferral]:
    """What applicants have asked and nobody has answered, the oldest first."""
    movable = [state for state in State if LADDER.allows(state, Step.DEFER)]
    return (
        Deferral.objects.filter(
            granted=None, application__in=cases, application__state__in=movable
        )
        .select_related("application__person", "application__run__version")
        .order_by("asked_at")
    )


def promised_before(run: Run, person: Person) -> Application | None:
    """An application of this person's that was moved on to a run then only planned."""
    return (
        Application.objects.filter(
            person=person,
            state=State.DEFERRED,
            run__version__programme=run.version.programme_id,
            run__starts_on__lt=run.starts_on,
            deferral__granted=True,
            deferral__made=None,
        )
        .order_by("-submitted_at")
        .first()
    )
