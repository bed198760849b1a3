"""Programmes and their offerings: what a programme's page and its runs say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router
from pydantic import Field

from mikrokraad.api.ooapi.parts import (
    DELIVERY,
    Answer,
    Asked,
    AskedByName,
    beginning,
    code,
    ending,
    id_of,
    known,
    moment,
    named,
    page_address,
    page_of,
    texts,
)
from mikrokraad.catalogue.models import ProgrammeVersion, Run
from mikrokraad.catalogue.published import (
    newest_versions_by_name,
    runs_in_order,
    runs_of,
    titled,
)
from mikrokraad.catalogue.rules import Mode
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, end_of
from mikrokraad.core.money import CENTS
from mikrokraad.fees.queries import prices_of
from mikrokraad.fees.rules import Price
from mikrokraad.seats.queries import NO_PLACES, Places, places_left

HOURS_PER_ECTS = 26
Language = Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{1,8})*)?$")]
router = Router(tags=["programmes"])


class AskedProgrammes(AskedByName):
    teaching_language: Language = Field("", alias="teachingLanguage")
    fields_of_study: str = Field("", alias="fieldsOfStudy", pattern=r"^\d{0,6}$")
    level_of_qualification: str = Field(
        "", alias="levelOfQualification", pattern=r"^(eqf_[0-8])?$"
    )


class AskedOfferings(Asked):
    """By default what begins from today on."""

    since: datetime | None = None
    until: datetime | None = None
    teaching_language: Language = Field("", alias="teachingLanguage")


@router.get("/programmes", summary="Programmes, by name")
def programmes(request: HttpRequest, asked: Query[AskedProgrammes]) -> Answer:  # noqa: ARG001 -- ninja gives it
    rows = newest_versions_by_name()
    if asked.primary_code:
        rows = rows.filter(programme__slug=asked.primary_code)
    if asked.q:
        rows = rows.filter(titled(asked.q))
    if asked.fields_of_study:
        rows = rows.filter(field__code__startswith=asked.fields_of_study)
    if asked.level_of_qualification:
        rows = rows.filter(eqf_level=int(asked.level_of_qualification[-1]))
    if asked.teaching_language:
        taught = _in_language(runs_in_order(), asked.teaching_language)
        rows = rows.filter(programme__in=taught.values("version__programme"))
    return page_of(rows, asked, _told)


@router.get("/programmes/{programme_id}", summary="One programme")
def programme(request: HttpRequest, programme_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    return _told([_version(programme_id)])[0]


@router.get("/programmes/{programme_id}/programme-offerings", summary="When it is held")
def programme_offerings(
    request: HttpRequest,  # noqa: ARG001 -- ninja gives it
    programme_id: UUID,
    asked: Query[AskedOfferings],
) -> Answer:
    version = _version(programme_id)
    rows = runs_in_order().filter(version__programme=version.programme)
    rows = rows.filter(starts_on__gte=day_of(asked.since or clock.now()))
    if asked.until:
        rows = rows.filter(ends_on__lte=day_of(asked.until))
    if asked.teaching_language:
        rows = _in_language(rows, asked.teaching_language)
    return page_of(rows, asked, offerings)


@router.get("/programme-offerings/{offering_id}", summary="One offering")
def programme_offering(request: HttpRequest, offering_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    run = runs_in_order().filter(pk=offering_id).first()
    if run is None:
        raise Http404
    return offerings([run])[0]


def _version(programme_id: UUID) -> ProgrammeVersion:
    found = newest_versions_by_name().filter(programme=programme_id).first()
    if found is None:
        raise Http404
    return found


def _in_language(runs: QuerySet[Run], language: str) -> QuerySet[Run]:
    return runs.filter(languages__icontains=f'"{language[:2]}"')


# A programme --------------------------------------------------------------------------


def _told(versions: list[ProgrammeVersion]) -> list[Answer]:
    runs = runs_of(version.programme_id for version in versions)
    return [_programme(one, runs.get(one.programme_id, [])) for one in versions]


def _programme(version: ProgrammeVersion, runs: list[Run]) -> Answer:
    programme = version.programme
    modes = {DELIVERY[Mode(run.mode)] for run in runs}
    others = [code("identifier", programme.register_code or "")]
    return known(
        {
            "programmeId": programme.pk,
            "primaryCode": code("programme_code", programme.slug),
            "programmeType": f"x-{programme.kind.code}",
            "name": named(version.title, programme.slug),
            "description": texts(version.lead),
            "teachingLanguages": sorted(
                {code for run in runs for code in run.languages}
            ),
            "studyLoad": load(version.ects),
            "qualificationAwarded": "certificate",
            "formalDocument": "micro_credential_certificate",
            "modeOfStudy": "part_time",
            "modesOfDelivery": sorted(modes),
            "levelOfQualification": _level(version),
            "fieldsOfStudy": version.field_id,
            "assessment": texts(version.assessment_type),
            "admissionRequirements": _asked(version),
            "qualificationRequirements": _outcomes(version),
            "link": page_address(programme),
            "otherCodes": others if programme.register_code else [],
            "organisationId": id_of("unit", programme.unit_id),
            "validFrom": moment(version.approved_at) if version.approved_at else None,
        }
    )


def load(ects: int) -> list[Answer]:
    return [
        {"studyLoadUnit": "ects", "value": ects},
        {"studyLoadUnit": "hour", "value": ects * HOURS_PER_ECTS},
    ]


def _level(version: ProgrammeVersion) -> str:
    return "" if version.eqf_level is None else f"eqf_{version.eqf_level}"


def _asked(version: ProgrammeVersion) -> list[dict[str, str]]:
    return _joined(one.text for one in version.requirements.all())


def _outcomes(version: ProgrammeVersion) -> list[dict[str, str]]:
    """Who completes can do all of this."""
    return _joined(one.text for one in version.outcomes.all())


def _joined(parts: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """One text a language, a line each."""
    told: dict[str, list[str]] = {}
    for part in parts:
        for language, words in part.items():
            told.setdefault(language, []).append(words)
    return texts({language: "\n".join(words) for language, words in told.items()})


# An offering --------------------------------------------------------------------------


def offerings(runs: list[Run]) -> list[Answer]:
    """Runs with prices and places, in a fixed number of queries."""
    at = clock.now()
    places, prices = places_left(runs, at=at), prices_of(runs)
    return [
        _offering(run, places.get(run.pk, NO_PLACES), prices[run.pk], at=at)
        for run in runs
    ]


def _offering(run: Run, places: Places, price: Price, *, at: datetime) -> Answer:
    version, term = run.version, run.intake.term_id
    slug = version.programme.slug
    return known(
        {
            "programmeOfferingId": run.pk,
            "primaryCode": code("offering_code", f"{slug}-{term}"),
            "academicSessionId": id_of("term", term),
            "name": named(version.title, slug),
            "abbreviation": f"{slug}-{term}",
            "description": texts(version.lead),
            "state": "active" if run.ends_on >= day_of(at) else "inactive",
            "teachingLanguages": run.languages,
            "modesOfDelivery": [DELIVERY[Mode(run.mode)]],
            "maxNumberStudents": places.size or None,
            "enrolledNumberStudents": places.taken if places.size else None,
            "resultExpected": True,
            "link": page_address(version.programme, term),
            "enrolmentPeriods": [_period(run, places)],
            "startDateTime": beginning(run.starts_on),
            "endDateTime": ending(run.ends_on),
            "addresses": _where(run),
            "priceInformation": [_cost(price)],
            "programmeId": version.programme_id,
            "organisationId": id_of("unit", version.programme.unit_id),
        }
    )


def _period(run: Run, places: Places) -> Answer:
    return {
        "startDateTime": moment(run.opens_at),
        "endDateTime": end_of(run.deadline).isoformat(),
        "enrolmentType": "url",
        "enrolmentUrl": page_address(run.version.programme, run.intake.term_id),
        "queueEnabled": True,
        "queuedNumberStudents": places.waiting,
    }


def _where(run: Run) -> list[Answer]:
    city = (run.place or {}).get("et", "")
    if run.mode == Mode.ONLINE or not city:
        return []
    return [{"addressType": "teaching", "city": city}]


def _cost(price: Price) -> Answer:
    return {
        "costType": "total_costs",
        "amount": _amount(price.total_cents),
        "vatAmount": _amount(price.vat_cents),
        "amountWithoutVat": _amount(price.net_cents),
        "currency": "EUR",
    }


def _amount(cents: int) -> str:
    return f"{cents // CENTS}.{cents % CENTS:02}"
