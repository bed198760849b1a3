"""What is offered: published runs, a programme's page, versions at a desk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Prefetch, QuerySet, When
from django.db.models.functions import Coalesce

from mikrokraad.catalogue.models import (
    Component,
    Edition,
    Intake,
    Outcome,
    Programme,
    ProgrammeVersion,
    Requirement,
    Run,
    RunSection,
    Session,
    Story,
)
from mikrokraad.catalogue.rules import (
    VERSIONS,
    Applying,
    Education,
    RequirementKind,
    applying,
)
from mikrokraad.core.calendar import day_of
from mikrokraad.people.models import Duty, Person
from mikrokraad.people.roles import units_of

DESK_DUTIES = (Duty.PROGRAMME_MANAGER, Duty.OFFICER)
SHOWN_STATES = VERSIONS.where("shown")


def edition() -> int:
    """A number that grows with every change of what visitors see (0: nothing yet)."""
    return Edition.objects.values_list("number", flat=True).first() or 0


def next_opening(*, at: datetime) -> datetime | None:
    """When the next published run begins to take applications."""
    ahead = Run.objects.filter(published_at__isnull=False, opens_at__gt=at)
    return ahead.order_by("opens_at").values_list("opens_at", flat=True).first()


def published_runs() -> QuerySet[Run]:
    """Runs that anybody may see, with what a list of them says about each."""
    return Run.objects.filter(
        published_at__isnull=False, cancelled_at__isnull=True
    ).select_related(
        "version__programme__kind",
        "version__programme__unit",
        "version__field",
        "intake__term",
        "contact",
    )


def best_runs(programmes: Collection[UUID], *, at: datetime) -> dict[UUID, Run]:
    """Of each programme the run that matters most: open, soon to open, else the latest."""
    order = [Applying.OPEN, Applying.NOT_YET, Applying.OVER]
    runs = published_runs().filter(version__programme__in=programmes)
    latest_first = sorted(runs, key=lambda run: run.starts_on, reverse=True)
    found: dict[UUID, Run] = {}
    for run in sorted(
        latest_first, key=lambda run: order.index(how_it_stands(run, at=at))
    ):
        found.setdefault(run.version.programme_id, run)
    return found


def how_it_stands(run: Run, *, at: datetime) -> Applying:
    """Open, not yet, over or not offered. Needs `intake` to be fetched with the run."""
    return applying(
        published=run.published_at is not None,
        cancelled=run.cancelled_at is not None,
        opens_at=run.opens_at,
        deadline=run.deadline,
        at=at,
    )


def may_apply(run: Run, at: datetime) -> bool:
    """Whether `run` takes applications at `at`. Whether it is full is another matter."""
    return how_it_stands(run, at=at) == Applying.OPEN


@dataclass(frozen=True)
class RunPage:
    """A programme with its shown versions, newest first, and runs, earliest first."""

    programme: Programme
    versions: list[ProgrammeVersion]
    runs: list[Run]

    @property
    def current(self) -> ProgrammeVersion:
        return self.versions[0]

    def run_in(self, term: str) -> Run | None:
        """The run of one semester."""
        return next((run for run in self.runs if run.intake.term_id == term), None)

    def next_run(self, *, at: datetime) -> Run | None:
        """The run to show first: open, else not open yet, else the latest one."""
        for wanted in (Applying.OPEN, Applying.NOT_YET):
            for run in self.runs:
                if how_it_stands(run, at=at) == wanted:
                    return run
        return self.runs[-1] if self.runs else None


def run_page(slug: str) -> RunPage | None:
    """All that a programme's page shows, in a constant number of queries."""
    programme = (
        Programme.objects.filter(slug=slug).select_related("kind", "unit").first()
    )
    if programme is None:
        return None
    versions = list(
        with_contents(programme.versions.filter(state__in=SHOWN_STATES)).order_by(
            "-major", "-minor"
        )
    )
    runs = list(
        published_runs()
        .filter(version__programme=programme)
        .select_related("commissioned_by")
        .prefetch_related(
            Prefetch(
                "run_sections",
                RunSection.objects.select_related("section__course__field").order_by(
                    "section__course__code"
                ),
            ),
            Prefetch(
                "run_sections__section__sessions",
                Session.objects.order_by("starts_at"),
            ),
            "run_sections__section__teachers",
        )
        .order_by("starts_on")
    )
    return RunPage(programme, versions, runs) if versions else None


def with_contents(
    versions: QuerySet[ProgrammeVersion],
) -> QuerySet[ProgrammeVersion]:
    """Versions with everything they consist of."""
    return versions.select_related(
        "field", "programme__kind", "programme__unit"
    ).prefetch_related(
        Prefetch("outcomes", Outcome.objects.order_by("position")),
        Prefetch("requirements", Requirement.objects.order_by("position")),
        "questions",
        "elective_groups",
        Prefetch(
            "components",
            Component.objects.select_related("course__field", "group").order_by(
                "position"
            ),
        ),
    )


def whole_versions() -> QuerySet[ProgrammeVersion]:
    """Every version that was approved once, with everything it consists of."""
    return with_contents(ProgrammeVersion.objects.filter(state__in=SHOWN_STATES))


def prior_programmes(version: ProgrammeVersion) -> dict[str, ProgrammeVersion]:
    """Programmes to be completed before, by the register code a requirement names."""
    codes = [
        requirement.params.get("register_code")
        for requirement in version.requirements.all()
        if requirement.kind == RequirementKind.PRIOR_PROGRAMME
    ]
    if not codes:
        return {}
    shown = (
        ProgrammeVersion.objects.filter(
            programme__register_code__in=codes, state__in=SHOWN_STATES
        )
        .select_related("programme")
        .order_by("major", "minor")
    )
    return {str(one.programme.register_code): one for one in shown}


def stories() -> QuerySet[Story]:
    """Stories that may be shown, newest first, with their programme."""
    return (
        Story.objects.filter(published_at__isnull=False)
        .select_related("programme")
        .order_by("-published_at", "slug")
    )


def newest_versions(programmes: Iterable[UUID]) -> dict[UUID, ProgrammeVersion]:
    """The version that each programme's page shows, with its field. One query."""
    shown = ProgrammeVersion.objects.filter(
        programme__in=list(programmes), state__in=SHOWN_STATES
    )
    ordered = shown.select_related("field").order_by("major", "minor")
    return {version.programme_id: version for version in ordered}


def programmes_with_pages() -> QuerySet[Programme]:
    """Programmes that anybody may see, for the map of the site."""
    return (
        Programme.objects.filter(versions__state__in=SHOWN_STATES)
        .distinct()
        .order_by("slug")
    )


def intake_of(term: str) -> Intake | None:
    return Intake.objects.filter(term=term).select_related("term").first()


def intakes_with_runs() -> QuerySet[Intake]:
    """Semesters whose list has something in it, the earliest first."""
    shown = published_runs().filter(commissioned_by=None)
    return Intake.objects.filter(pk__in=shown.values("intake")).order_by(
        "term__starts_on", "term"
    )


def runs_of_intake(intake: Intake) -> QuerySet[Run]:
    """Published runs of a semester that anybody may apply for."""
    return published_runs().filter(intake=intake, commissioned_by=None)


def runs_asking_less(
    run: Run, *, without: Collection[str], education: str, most: int, at: datetime
) -> list[Run]:
    """Open runs of other programmes that ask nothing of these kinds: the same field first.

    `education` is what somebody has completed; unknown, it is taken for enough.
    """
    levels = Education.values
    enough = levels[: levels.index(education) + 1] if education in levels else levels
    last_day = Coalesce("own_deadline", "intake__default_deadline")
    broad = (run.version.field_id or "")[:2]
    near = Case(When(version__field__code__startswith=broad, then=0), default=1)
    return list(
        published_runs()
        .filter(
            version__minimum_education__in=enough,
            commissioned_by=None,
            opens_at__lte=at,
        )
        .annotate(last_day=last_day, near=near)
        .filter(last_day__gte=day_of(at))
        .exclude(version__programme=run.version.programme_id)
        .exclude(
            version__in=Requirement.objects.filter(kind__in=without).values("version")
        )
        .order_by("near", "last_day", "version__programme__slug")[:most]
    )


def versions_at(person: Person) -> QuerySet[ProgrammeVersion]:
    """Versions of programmes of this person's units, newest first in each."""
    units = units_of(person, *DESK_DUTIES)
    return with_contents(
        ProgrammeVersion.objects.filter(programme__unit__in=units)
    ).order_by("programme__slug", "-major", "-minor")


def runs_at(person: Person) -> QuerySet[Run]:
    """Runs of this person's units, published or not, latest start first."""
    units = units_of(person, *DESK_DUTIES)
    return (
        Run.objects.filter(version__programme__unit__in=units)
        .select_related("version__programme", "intake", "contact")
        .prefetch_related("price_lines")
        .order_by("-starts_on", "version__programme__slug")
    )
