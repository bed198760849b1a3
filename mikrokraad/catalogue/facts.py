"""What stands in a version and in a run, gathered for rules and for the register."""

import hashlib
import json
from typing import Any

from mikrokraad.catalogue.completeness import OutcomeFacts, RunFacts, VersionFacts
from mikrokraad.catalogue.models import PlannedRun, ProgrammeVersion, Run
from mikrokraad.people.models import Institution

TEXTS = (
    "title",
    "lead",
    "content",
    "for_whom",
    "participation",
    "assessment_type",
    "quality_assurance",
    "supervision",
)


def version_facts(
    version: ProgrammeVersion,
    run: Run | PlannedRun | None = None,
    *,
    institution: Institution | None = None,
) -> VersionFacts:
    """What the check before publishing looks at. Prefetched relations are used."""
    institution = institution or Institution.objects.first()
    kind = version.programme.kind
    courses_ects, suffice = _courses(version)
    return VersionFacts(
        title=version.title,
        lead=version.lead,
        content=version.content,
        for_whom=version.for_whom,
        outcomes=tuple(
            OutcomeFacts(one.text, one.assessment, one.criterion)
            for one in version.outcomes.all()
        ),
        ects=version.ects,
        ects_limits=(kind.min_ects, kind.max_ects),
        courses_ects=courses_ects,
        groups_suffice=suffice,
        isced_f=version.field_id,
        eqf_level=version.eqf_level,
        participation=version.participation,
        assessment_type=version.assessment_type,
        quality_assurance=version.quality_assurance,
        country=institution.country if institution else "",
        awarding_body=institution.name if institution else {},
        run=run_facts(run) if run else None,
    )


def run_facts(run: Run | PlannedRun) -> RunFacts:
    prices = run.prices if isinstance(run, PlannedRun) else run.price_lines.all()
    return RunFacts(
        languages=tuple(run.languages),
        price_lines=len(prices),
        fee_includes=run.fee_includes,
        contact_name=f"{run.contact.given_name} {run.contact.family_name}",
        has_dates=bool(run.starts_on and run.ends_on),
        has_places=bool(run.places) if isinstance(run, PlannedRun) else True,
    )


def _courses(version: ProgrammeVersion) -> tuple[int, bool]:
    """What required courses and the least choice add up to; is there enough to choose?"""
    components = list(version.components.all())
    required = sum(one.course.ects for one in components if one.group_id is None)
    groups = list(version.elective_groups.all())
    suffice = all(
        sum(one.course.ects for one in components if one.group_id == group.pk)
        >= group.min_ects
        for group in groups
    )
    return required + sum(group.min_ects for group in groups), suffice


def fingerprint(version: ProgrammeVersion) -> str:
    """SHA-256 of all that an approved version says: what C1 keeps unchanged."""
    said: dict[str, Any] = {name: getattr(version, name) for name in TEXTS}
    said |= {
        "number": version.number,
        "ects": version.ects,
        "field": version.field_id,
        "eqf_level": version.eqf_level,
        "minimum_education": version.minimum_education,
        "outcomes": sorted(
            [one.position, one.text, one.assessment, one.criterion]
            for one in version.outcomes.all()
        ),
        "requirements": sorted(
            [one.position, one.key, one.kind, one.text, one.params, one.needs_evidence]
            + ([one.source] if one.source else [])
            for one in version.requirements.all()
        ),
        "questions": sorted(
            [one.position, one.key, one.text, one.choices, one.required]
            + ([one.only_if] if one.only_if else [])
            for one in version.questions.all()
        ),
        "courses": sorted(
            [one.position, one.course_id, one.group.key if one.group else ""]
            for one in version.components.all()
        ),
        "electives": sorted(
            [one.key, one.title, one.min_ects] for one in version.elective_groups.all()
        ),
    }
    return _hashed(said)


def terms(run: Run) -> dict[str, Any]:
    """What people rely on once a run is published (C3, C4). Units: cents."""
    return {
        "version": str(run.version_id),
        "prices": sorted(
            [line.position, line.kind, line.net_cents, f"{line.vat_percent:.2f}"]
            for line in run.price_lines.all()
        ),
    }


def _hashed(said: dict[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
