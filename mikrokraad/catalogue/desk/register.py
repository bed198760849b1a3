"""Our records beside those of the national register, and what would not publish."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from mikrokraad.catalogue.desk.whose import programmes_at
from mikrokraad.catalogue.ehis.comparing import (
    Difference,
    compared_version,
    differences,
)
from mikrokraad.catalogue.ehis.reading import Record, WrongField, read
from mikrokraad.catalogue.models import (
    Field,
    Outcome,
    Programme,
    ProgrammeVersion,
    PublishCheck,
    RegisterRecord,
    WouldNotPublish,
)
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.people.models import Person
from mikrokraad.people.roles import units_of


@dataclass(frozen=True)
class Compared:
    """A programme beside what the register says of it."""

    programme: Programme
    version: ProgrammeVersion
    record: Record
    seen_at: datetime
    differences: list[Difference]


def compared_at(person: Person) -> list[Compared]:
    """Every programme of somebody's units that the register was seen to know."""
    records = {record.code: record for record in RegisterRecord.objects.all()}
    known = set(Field.objects.values_list("code", flat=True))
    versions = ProgrammeVersion.objects.select_related("field").prefetch_related(
        Prefetch("outcomes", Outcome.objects.order_by("position"))
    )
    programmes = (
        programmes_at(person)
        .filter(register_code__in=list(records))
        .prefetch_related(Prefetch("versions", versions))
    )
    found = (
        _compared(programme, records[str(programme.register_code)], known)
        for programme in programmes
    )
    return [one for one in found if one is not None]


def _compared(
    programme: Programme, kept: RegisterRecord, known: set[str]
) -> Compared | None:
    version = compared_version(programme)
    try:
        record = read(kept.said)
    except WrongField:  # the reader has become stricter since
        return None
    if version is None:
        return None
    different = list(differences(version, record, knows=known.__contains__))
    return Compared(programme, version, record, kept.seen_at, different)


def differing_at(person: Person) -> dict[UUID, list[Difference]]:
    """Programmes that say something else than the register, with what it is."""
    return {
        one.programme.pk: one.differences
        for one in compared_at(person)
        if one.differences
    }


def wrong_at(person: Person) -> QuerySet[WouldNotPublish]:
    """What the nightly check found missing in somebody's units, newest first."""
    return (
        WouldNotPublish.objects.filter(
            version__programme__unit__in=units_of(person, *DESK_DUTIES)
        )
        .select_related("version__programme", "run__intake")
        .order_by("-since", "version__programme__slug", "pk")
    )


def compared_of(programme: Programme) -> Compared | None:
    """One programme beside the register's record, if the register was seen to know it."""
    code = programme.register_code
    kept = RegisterRecord.objects.filter(pk=code).first() if code else None
    known = set(Field.objects.values_list("code", flat=True))
    return _compared(programme, kept, known) if kept else None


def last_check() -> date | None:
    """The day on which everything that is published was looked at last."""
    return PublishCheck.objects.values_list("day", flat=True).first()
