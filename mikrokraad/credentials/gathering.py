"""From records to frozen facts: everything a certificate says, gathered once.

Nothing is typed twice: the name comes from the person, the programme from its version,
courses and grades from the completion decision, the date from the act of issuing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from mikrokraad.catalogue.models import Course, ProgrammeVersion, Run
from mikrokraad.core.calendar import day_of
from mikrokraad.credentials.crypto import facts as frozen
from mikrokraad.credentials.crypto.facts import Bilingual, Facts
from mikrokraad.credentials.rules import CredentialKind
from mikrokraad.people.models import Institution, Person
from mikrokraad.studies.models import CompletionDecision
from mikrokraad.studies.rules import Earned

KINDS = {
    Earned.CERTIFICATE: CredentialKind.CERTIFICATE,
    Earned.STATEMENT: CredentialKind.STATEMENT,
}
DEMONSTRATION: Bilingual = {
    "et": "Näidis, ei ole ametlik dokument",
    "en": "Demonstration, not an official document",
}
DEGREE_COURSES: Bilingual = {
    "et": "õppeained kuuluvad tasemeõppe õppekavasse",
    "en": "the courses belong to a degree curriculum",
}

Curricula = Callable[[Iterable[int]], list[Bilingual]]


def _no_curricula(_courses: Iterable[int]) -> list[Bilingual]:
    return []


_curricula: Curricula = _no_curricula


def tell_curricula(curricula: Curricula) -> None:
    """Let a higher room say in which degree curricula courses count (see `config.wiring`)."""
    global _curricula  # noqa: PLW0603 -- set once, at start-up
    _curricula = curricula


@dataclass(frozen=True, slots=True)
class Sources:
    """What a whole cohort shares, fetched once."""

    run: Run
    institution: Institution
    courses: dict[int, Course]
    _counted: dict[tuple[int, ...], list[Bilingual]] = field(default_factory=dict)

    def curricula_of(self, courses: Iterable[int]) -> list[Bilingual]:
        """In which degree curricula these courses count; the same ones are asked once."""
        key = tuple(sorted(courses))
        if key not in self._counted:
            self._counted[key] = _curricula(key)
        return self._counted[key]


def sources_of(run_id: UUID) -> Sources:
    run = (
        Run.objects.select_related("version__programme__kind", "version__field")
        .prefetch_related("version__outcomes", "version__requirements")
        .get(pk=run_id)
    )
    courses = Course.objects.filter(sections__run_sections__run=run).distinct()
    return Sources(
        run, Institution.objects.get(), {course.pk: course for course in courses}
    )


def facts_of(
    completion: CompletionDecision,
    *,
    number: str,
    at: datetime,
    language: str,
    sources: Sources | None = None,
    sealed_code: bytes | None = None,
) -> Facts:
    """The facts of the document that `completion` has earned, issued at `at`.

    Of the personal code they carry no more than the hash of its seal; a preview has none.

    Errors: crypto.facts.FactsIncomplete names every mandatory element that is missing.
    """
    sources = sources or sources_of(completion.enrolment.run_id)
    run = sources.run
    basis: dict[str, Any] = completion.basis
    ects = completion.passed_ects
    curricula = sources.curricula_of(
        each["course"] for each in basis["courses"] if each["passed"]
    )
    return frozen.checked(
        {
            "number": number,
            "kind": KINDS[Earned(completion.earned)],
            "language": language,
            "learner": _learner(completion.enrolment.person, sealed_code),
            "institution": _institution(sources.institution),
            "programme": _programme(run.version),
            "ects": ects,
            "hours": frozen.hours_of(ects),
            "eqf_level": run.version.eqf_level or 0,
            "period": {
                "starts": run.starts_on.isoformat(),
                "ends": run.ends_on.isoformat(),
            },
            "issued_on": day_of(at).isoformat(),
            "outcomes": _outcomes(completion, sources),
            "courses": [_course(each) for each in basis["courses"] if each["passed"]],
            "participation": run.version.participation,
            "assessment_type": run.version.assessment_type,
            "quality_assurance": run.version.quality_assurance,
            "prerequisites": _prerequisites(run.version),
            "supervision": run.version.supervision or None,
            "stackability": DEGREE_COURSES if curricula else None,
            "counts_towards": [{"curriculum": each} for each in curricula],
            "lecturers": sorted(
                {
                    name
                    for each in basis["courses"]
                    if each["passed"]
                    for name in each["lecturers"]
                }
            ),
            "seal_note": DEMONSTRATION if settings.DEMO else None,
        }
    )


def _learner(person: Person, sealed_code: bytes | None) -> dict[str, str | None]:
    return {
        "id": f"urn:uuid:{person.pk}",
        "name": f"{person.given_name} {person.family_name}",
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "sealed_code_sha256": frozen.seal_hash(sealed_code),
    }


def _institution(institution: Institution) -> dict[str, object]:
    return {
        "name": institution.name,
        "registry_code": institution.registry_code,
        "country": institution.country,
        "place": institution.place,
        "url": f"{settings.PUBLIC_URL}/",
    }


def _programme(version: ProgrammeVersion) -> dict[str, object]:
    programme = version.programme
    return {
        "title": version.title,
        "kind": programme.kind.name,
        "version": version.number,
        "register_code": programme.register_code or programme.slug,
        "isced_f": version.field_id or "",
        "ects": version.ects,
        "url": f"{settings.PUBLIC_URL}/en/programmes/{programme.slug}/",
    }


def _outcomes(completion: CompletionDecision, sources: Sources) -> list[object]:
    """The programme's outcomes; on a statement, those of the courses that were passed."""
    basis = completion.basis
    if completion.earned == Earned.STATEMENT:
        passed = [each for each in basis["courses"] if each["passed"]]
        return [one for each in passed for one in _of_course(each, sources)]
    achieved = {each["position"] for each in basis["outcomes"] if each["passed"]}
    listed = sorted(sources.run.version.outcomes.all(), key=lambda each: each.position)
    return [
        {
            "text": outcome.text,
            "assessment": outcome.assessment,
            "passed": outcome.position in achieved,
        }
        for outcome in listed
    ]


def _of_course(told: dict[str, Any], sources: Sources) -> list[object]:
    course = sources.courses.get(told["course"])
    texts = (course.outcomes if course else None) or [told["title"]]
    assessment = (course.assessment if course else None) or (
        sources.run.version.assessment_type
    )
    return [{"text": text, "assessment": assessment, "passed": True} for text in texts]


def _course(told: dict[str, Any]) -> dict[str, object]:
    return {
        "code": told["code"],
        "title": told["title"],
        "ects": told["ects"],
        "grade": told["grade"],
        "scale": "letter" if told["scale"] == "letters" else "pass_fail",
        "lecturer": ", ".join(told["lecturers"]),
        "passed_on": told["passed_on"],
    }


def _prerequisites(version: ProgrammeVersion) -> Bilingual | None:
    listed = sorted(version.requirements.all(), key=lambda each: each.position)
    texts = [each.text for each in listed]
    if not texts:
        return None
    return {
        language: "; ".join(filter(None, (text.get(language) for text in texts)))
        for language in ("et", "en")
    }
