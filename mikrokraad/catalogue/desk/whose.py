"""Programmes of somebody's units, and one version of them."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from mikrokraad.catalogue import facts, queries
from mikrokraad.catalogue.completeness import Missing, missing_elements
from mikrokraad.catalogue.models import (
    PlannedRun,
    Programme,
    ProgrammeVersion,
    Run,
)
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import VERSIONS
from mikrokraad.people.models import Person, Unit
from mikrokraad.people.roles import units_of


def units_at(person: Person) -> QuerySet[Unit]:
    return units_of(person, *DESK_DUTIES).order_by("code")


def programmes_at(person: Person) -> QuerySet[Programme]:
    """Programmes of this person's units, each with the state of its newest version."""
    newest = ProgrammeVersion.objects.filter(programme=OuterRef("pk")).order_by(
        "-major", "-minor"
    )
    return (
        Programme.objects.filter(unit__in=units_of(person, *DESK_DUTIES))
        .annotate(newest_state=Subquery(newest.values("state")[:1]))
        .select_related("kind", "unit")
        .order_by("slug")
    )


def version_at(person: Person, pk: UUID) -> ProgrammeVersion | None:
    """One version of this person's units, with everything it consists of."""
    return queries.versions_at(person).filter(pk=pk).first()


def versions_of(programme: Programme) -> list[ProgrammeVersion]:
    """Every version of a programme, newest first, whole."""
    known = queries.with_contents(programme.versions.all())
    return list(known.order_by("-major", "-minor"))


def missing_in(
    version: ProgrammeVersion, run: Run | PlannedRun | None = None
) -> list[Missing]:
    """What a version (with a run) still lacks before it can be published."""
    return missing_elements(facts.version_facts(version, run))


def version_to_run(programme: Programme) -> ProgrammeVersion | None:
    """The newest version that may have runs."""
    may = VERSIONS.where("may_run")
    known = programme.versions.filter(state__in=may).select_related("programme__kind")
    return known.order_by("-major", "-minor").first()
