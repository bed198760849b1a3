"""Our programmes as the register's open data has them: what is read in changes nothing.

Source: EHIS open data, curricula of micro-credential studies; `reading` is its reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from mikrokraad.catalogue.ehis.comparing import compared_version
from mikrokraad.catalogue.ehis.reading import (
    LANGUAGES,
    REGISTERED,
    WrongField,
    read,
)
from mikrokraad.catalogue.models import Outcome, Programme, ProgrammeVersion, Run
from mikrokraad.people.models import Institution, Unit

CURRICULUM_TYPE = "Mikrokvalifikatsiooniõppe õppekava"
NAMES = {code: name for name, code in LANGUAGES.items()}


@dataclass(frozen=True)
class Exported:
    """A register file, and the programmes that could not be put into it."""

    content: dict[str, Any]
    left_out: list[str] = field(default_factory=list)


def exported(*, units: QuerySet[Unit] | None = None, on: date) -> Exported:
    """Every programme with a register code, or those of `units`, by code."""
    institution = Institution.objects.first()
    provider = institution.name.get("et", "") if institution else ""
    curricula, left_out = [], []
    for programme in _with_codes(units):
        raw = _record(programme, provider)
        try:
            read(raw)
        except WrongField as error:
            left_out.append(f"{programme.register_code} {programme.slug}: {error}")
        else:
            curricula.append(raw)
    content = {
        "source": provider,
        "fetched_at": on.isoformat(),
        "record_count": len(curricula),
        "curricula": curricula,
    }
    return Exported(content, left_out)


def _with_codes(units: QuerySet[Unit] | None) -> QuerySet[Programme]:
    known = Programme.objects.filter(register_code__isnull=False).exclude(
        register_code=""
    )
    if units is not None:
        known = known.filter(unit__in=units)
    versions = ProgrammeVersion.objects.select_related("field").prefetch_related(
        Prefetch("outcomes", Outcome.objects.order_by("position")),
        Prefetch(
            "runs",
            Run.objects.filter(published_at__isnull=False).order_by("starts_on"),
        ),
    )
    return known.order_by("register_code").prefetch_related(
        Prefetch("versions", versions)
    )


def _record(programme: Programme, provider: str) -> dict[str, Any]:
    version = compared_version(programme)
    if version is None:
        return {"ehis_kood": programme.register_code}
    note = version.register_note or {}
    day = (version.approved_at or programme.created_at).date().isoformat()
    field = version.field
    return {
        "ehis_kood": programme.register_code,
        "provider": note.get("provider") or provider,
        "name_et": version.title.get("et", ""),
        "name_en": version.title.get("en", ""),
        "curriculum_type": CURRICULUM_TYPE,
        "eap": version.ects,
        "field_code": version.field_id or note.get("isced_f", ""),
        "field_name": field.name.get("et", "") if field else "",
        "languages": [NAMES[code] for code in _languages(version.runs.all(), note)],
        "outcomes": _numbered(version),
        "status": note.get("status", REGISTERED),
        "registered_at": note.get("registered_on", day),
        "updated_at": note.get("updated_on", day),
        "official_pdf_url": note.get("document", ""),
    }


def _languages(runs: Iterable[Run], note: dict[str, Any]) -> list[str]:
    """Of the latest run; of the register's record while there is none."""
    known = list(runs)
    latest = known[-1].languages if known else note.get("languages", [])
    return [code for code in latest if code in NAMES] or ["et"]


def _numbered(version: ProgrammeVersion) -> list[str]:
    texts = [" ".join(one.text.get("et", "").split()) for one in version.outcomes.all()]
    kept = [text for text in texts if text]
    return [f"{n}. {text}" for n, text in enumerate(kept, start=1)]
