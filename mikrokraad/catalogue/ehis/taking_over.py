"""Taking register records over into the catalogue.

A new record becomes a draft. A known code changes nothing that was approved or that
somebody has edited: what differs is told, field by field.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mikrokraad.catalogue.ehis.comparing import (
    compared_version,
    differences,
    facts_of,
)
from mikrokraad.catalogue.ehis.files import Contents
from mikrokraad.catalogue.ehis.reading import Record, WrongField, read
from mikrokraad.catalogue.models import (
    Field,
    Kind,
    Outcome,
    Programme,
    ProgrammeVersion,
    RegisterRecord,
)
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.people.models import Person, Unit
from mikrokraad.people.register import record as write_down

MICRO_DEGREE_ECTS = 12


class Done(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """What was done with one record; `about` are differences, or why it was refused."""

    code: str
    title: str
    done: Done
    about: list[str] = field(default_factory=list)


def import_records(
    raw_records: Iterable[object],
    *,
    unit: Unit,
    within: Collection[Unit] | None = None,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> list[Line]:
    """Take over every record that can be read; each on its own, so one cannot spoil another.

    Programmes of units that are not `within` are refused (None: every unit is).
    """
    codes = _elsewhere(within)
    seen: set[str] = set()
    lines = []
    with transaction.atomic():
        for raw in raw_records:
            line = _one(raw, seen, codes, unit=unit, by=by, at=at)
            if line.done != Done.REFUSED:
                seen.add(line.code)
            lines.append(line)
        transaction.set_rollback(dry_run)
    return lines


def import_file(
    found: Contents,
    *,
    unit: Unit,
    within: Collection[Unit] | None = None,
    by: Person | None,
    at: datetime,
    dry_run: bool = False,
) -> list[Line]:
    """Take over a file: its whole records, and a line about the one it is torn in."""
    lines = import_records(
        found.records, unit=unit, within=within, by=by, at=at, dry_run=dry_run
    )
    torn = found.torn
    if torn is not None:
        lines.append(Line(torn.code, torn.title, Done.REFUSED, [torn.why]))
    return lines


def _one(
    raw: object,
    seen: set[str],
    elsewhere: set[str],
    *,
    unit: Unit,
    by: Person | None,
    at: datetime,
) -> Line:
    told = raw if isinstance(raw, dict) else {}
    code, title = str(told.get("ehis_kood", "?")), str(told.get("name_et", ""))
    try:
        record = read(raw)
    except WrongField as error:
        return Line(code, title, Done.REFUSED, [str(error)])
    if record.code in seen:
        return Line(
            code, title, Done.REFUSED, [_("ehis_kood: stands in the file twice")]
        )
    if record.code in elsewhere:
        about = _("ehis_kood: this programme belongs to another unit")
        return Line(code, title, Done.REFUSED, [about])
    _remember(raw, record, at=at)
    known = Programme.objects.filter(register_code=record.code).first()
    if known is None:
        return _create(record, unit=unit, by=by, at=at)
    return _compare(known, record, by=by, at=at)


def _elsewhere(within: Collection[Unit] | None) -> set[str]:
    """Codes of programmes that are not of these units."""
    if within is None:
        return set()
    others = Programme.objects.exclude(unit__in=list(within))
    codes = others.values_list("register_code", flat=True)
    return {code for code in codes if code}


def _remember(raw: object, record: Record, *, at: datetime) -> None:
    """Keep the record beside ours, so that the desk can show how they differ."""
    kept = RegisterRecord.objects.filter(pk=record.code).first()
    if kept is None or kept.said != raw:
        RegisterRecord.objects.update_or_create(
            pk=record.code, defaults={"said": raw, "seen_at": at}
        )


def _create(record: Record, *, unit: Unit, by: Person | None, at: datetime) -> Line:
    code = "micro-degree" if record.ects >= MICRO_DEGREE_ECTS else "micro-credential"
    kind = Kind.objects.filter(code=code).first()
    if kind is None:
        return Line(
            record.code,
            record.title["et"],
            Done.REFUSED,
            [
                _("eap: there is no kind of programme “{code}” here yet").format(
                    code=code
                )
            ],
        )
    programme = Programme.objects.create(
        slug=_free_slug(record),
        kind=kind,
        unit=unit,
        register_code=record.code,
        created_at=at,
    )
    return _first_version(programme, record, by=by, at=at)


def _first_version(
    programme: Programme, record: Record, *, by: Person | None, at: datetime
) -> Line:
    version = ProgrammeVersion.objects.create(programme=programme)
    _write(version, record)
    write_down("imported from the register", version, by=by, at=at, code=record.code)
    return Line(record.code, record.title["et"], Done.CREATED, list(_unknown(record)))


def _compare(
    programme: Programme, record: Record, *, by: Person | None, at: datetime
) -> Line:
    """Change a draft that is still as it was imported; tell how others differ."""
    version = compared_version(programme)
    if version is None:
        return _first_version(programme, record, by=by, at=at)
    different = [one.sentence for one in differences(version, record)]
    if not different:
        return Line(record.code, record.title["et"], Done.UNCHANGED)
    untouched = version.state == VersionState.DRAFT and (
        version.register_note.get("facts") == facts_of(version)
    )
    if not untouched:
        return Line(record.code, record.title["et"], Done.LEFT_ALONE, different)
    _write(version, record)
    write_down("changed as in the register", version, by=by, at=at, code=record.code)
    return Line(record.code, record.title["et"], Done.CHANGED, different)


def _write(version: ProgrammeVersion, record: Record) -> None:
    """Make the draft say what the record says, and keep the record beside it."""
    version.title = record.title
    version.ects = record.ects
    version.field = Field.objects.filter(pk=record.isced_f).first()
    version.outcomes.all().delete()
    Outcome.objects.bulk_create(
        Outcome(version=version, position=n, text={"et": text})
        for n, text in enumerate(record.outcomes, start=1)
    )
    version.register_note = {
        "source": "EHIS",
        "status": record.status,
        "registered_on": record.registered_on.isoformat(),
        "updated_on": record.updated_on.isoformat(),
        "languages": record.languages,
        "isced_f": record.isced_f,
        "document": record.document,
        "provider": record.provider,
        "facts": facts_of(version),
    }
    version.save()


def _unknown(record: Record) -> Iterator[str]:
    if not Field.objects.filter(pk=record.isced_f).exists():
        told = _("field_code: {code} is not among our fields of study; choose one")
        yield told.format(code=record.isced_f)
    if not record.is_registered:
        yield _("status in the register: {status}").format(status=record.status)


def _free_slug(record: Record) -> str:
    slug = slugify(record.title["en"])[:100] or f"programme-{record.code}"
    taken = Programme.objects.filter(slug=slug).exists()
    return f"{slug}-{record.code}" if taken else slug
