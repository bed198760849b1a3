"""The nightly check: would everything that people see still publish today?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone, translation

from mikrokraad.catalogue import facts, queries
from mikrokraad.catalogue.completeness import Element, Missing, missing_elements
from mikrokraad.catalogue.models import (
    ProgrammeVersion,
    PublishCheck,
    Run,
    WouldNotPublish,
)
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import VERSIONS
from mikrokraad.core.calendar import day_of, zone
from mikrokraad.core.texts import said
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Duty, Institution, Person
from mikrokraad.people.roles import units_of

NIGHT = time(2)  # from this hour on, where the institution is
AT_ONCE = 500
_BEFORE_ANY = date.min


class Lacking(NamedTuple):
    """A version, or one of its runs, and the element it lacks."""

    version: UUID
    run: UUID | None
    element: str
    languages: str


@transaction.atomic
def check_what_is_published(*, at: datetime) -> int:
    """Keep what is missing today; write to managers about what is new. How many are.

    Looks once a day, after two o'clock; asked again that day it does nothing.
    """
    today = day_of(at)
    last, _made = PublishCheck.objects.select_for_update().get_or_create(
        pk=1, defaults={"day": _BEFORE_ANY}
    )
    if last.day >= today or timezone.localtime(at, zone()).time() < NIGHT:
        return 0
    new = _keep(set(_lacking(at)), at=at)
    _tell(new, at=at)
    last.day = today
    last.save(update_fields=["day"])
    return len(new)


def _lacking(at: datetime) -> Iterator[Lacking]:
    """Everything that versions in use and their runs lack."""
    institution = Institution.objects.first()
    for version in _versions_in_use(at).iterator(chunk_size=AT_ONCE):
        own = missing_elements(facts.version_facts(version, institution=institution))
        for missing in own:
            yield _named(version, None, missing)
        for run in version.runs_in_use:  # type: ignore[attr-defined]
            told = facts.version_facts(version, run, institution=institution)
            for missing in missing_elements(told):
                if missing not in own:
                    yield _named(version, run, missing)


def _named(version: ProgrammeVersion, run: Run | None, missing: Missing) -> Lacking:
    languages = " ".join(missing.languages)
    return Lacking(
        version.pk, run.pk if run else None, missing.element.value, languages
    )


def _versions_in_use(at: datetime) -> QuerySet[ProgrammeVersion]:
    """The newest approved version of each programme, and any whose run is not over."""
    runs = Run.objects.filter(
        published_at__isnull=False, cancelled_at=None, ends_on__gte=day_of(at)
    )
    approved = ProgrammeVersion.objects.filter(state__in=VERSIONS.where("may_run"))
    newer = approved.filter(programme=OuterRef("programme")).filter(
        Q(major__gt=OuterRef("major"))
        | Q(major=OuterRef("major"), minor__gt=OuterRef("minor"))
    )
    in_use = Q(pk__in=runs.values("version")) | Q(
        pk__in=approved.filter(~Exists(newer))
    )
    held = runs.select_related("intake", "contact").prefetch_related("price_lines")
    return (
        queries.with_contents(ProgrammeVersion.objects.filter(in_use))
        .prefetch_related(Prefetch("runs", held, to_attr="runs_in_use"))
        .order_by("pk")
    )


def _keep(found: set[Lacking], *, at: datetime) -> list[WouldNotPublish]:
    """Write down what is new, forget what is whole again. The new ones."""
    known = {
        Lacking(row.version_id, row.run_id, row.element, row.languages): row
        for row in WouldNotPublish.objects.all()
    }
    healed = [row.pk for lacking, row in known.items() if lacking not in found]
    WouldNotPublish.objects.filter(pk__in=healed).delete()
    return WouldNotPublish.objects.bulk_create(
        WouldNotPublish(
            version_id=one.version,
            run_id=one.run,
            element=one.element,
            languages=one.languages,
            since=at,
        )
        for one in sorted(found - set(known), key=str)
    )


def _tell(new: list[WouldNotPublish], *, at: datetime) -> None:
    """One letter to each manager about what is new in their units."""
    if not new:
        return
    rows = WouldNotPublish.objects.filter(pk__in=[row.pk for row in new])
    by_unit = defaultdict(list)
    for row in rows.select_related("version__programme", "run__intake"):
        by_unit[row.version.programme.unit_id].append(row)
    managers = Person.objects.filter(roles__duty=Duty.PROGRAMME_MANAGER, is_active=True)
    for manager in managers.distinct():
        units = units_of(manager, *DESK_DUTIES).values_list("pk", flat=True)
        own = [row for unit in units for row in by_unit.get(unit, [])]
        if own:
            _write(manager, own, at=at)


def _write(manager: Person, rows: list[WouldNotPublish], *, at: datetime) -> None:
    with translation.override(manager.language):
        found = [_in_words(row) for row in rows]
    write_letter(
        "catalogue/letters/would_not_publish.md",
        manager,
        about=rows[0].version,
        key=f"would_not_publish:{manager.pk}:{day_of(at).isoformat()}",
        at=at,
        found=found,
    )


def _in_words(row: WouldNotPublish) -> str:
    where = said(row.version.title)
    if row.run is not None:
        where += f", {said(row.run.intake.name)}"
    lacks = Missing(Element(row.element), tuple(row.languages.split()))
    return f"{where}: {lacks}"
