"""The university with its units, and its semesters."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router

from mikrokraad.api.ooapi.parts import (
    Answer,
    Asked,
    AskedByName,
    beginning,
    code,
    ending,
    id_of,
    known,
    named,
    page_of,
)
from mikrokraad.catalogue.models import Term
from mikrokraad.catalogue.published import terms
from mikrokraad.people.models import Institution, Unit
from mikrokraad.people.queries import institution, units

SEMESTER_DAYS = 60  # what is shorter is another period
router = Router(tags=["organisations"])


@router.get("/organisations", summary="The university and its units, by name")
def organisations(request: HttpRequest, asked: Query[AskedByName]) -> Answer:  # noqa: ARG001 -- ninja gives it
    found = [one for one in _all() if _has(one, asked)]
    return page_of(found, asked, list)


@router.get("/organisations/{organisation_id}", summary="The university, or a unit")
def organisation(request: HttpRequest, organisation_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    for one in _all():
        if one["organisationId"] == organisation_id:
            return one
    raise Http404


def _all() -> list[Answer]:
    """There are few: they are looked through here."""
    root = institution()
    found = [_unit(one, root) for one in units()]
    found += [_root(root)] if root else []
    return sorted(found, key=lambda one: str(one["name"][-1]["value"]).casefold())


def _has(one: Answer, asked: AskedByName) -> bool:
    names = [said["value"].casefold() for said in one["name"]]
    right = asked.primary_code in ("", one["primaryCode"]["code"])
    return right and any(asked.q.casefold() in name for name in names)


@router.get("/academic-sessions", summary="Semesters, the earliest first")
def academic_sessions(request: HttpRequest, asked: Query[Asked]) -> Answer:  # noqa: ARG001 -- ninja gives it
    rows = terms()
    if asked.primary_code:
        rows = rows.filter(code=asked.primary_code)
    return page_of(rows, asked, _sessions)


@router.get("/academic-sessions/{session_id}", summary="One semester")
def academic_session(request: HttpRequest, session_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    for term in terms():
        if id_of("term", term.code) == session_id:
            return _session(term)
    raise Http404


def _root(root: Institution) -> Answer:
    return {
        "organisationId": id_of("institution", root.pk),
        "primaryCode": code("institution_code", root.registry_code),
        "organisationType": "root",
        "name": named(root.name, root.registry_code),
        "link": f"{settings.PUBLIC_URL}/",
    }


def _unit(unit: Unit, root: Institution | None) -> Answer:
    top = id_of("institution", root.pk) if root else None
    return known(
        {
            "organisationId": id_of("unit", unit.pk),
            "primaryCode": code("organisation_id", unit.code),
            "organisationType": "department" if unit.parent_id else "faculty",
            "name": named(unit.name, unit.code),
            "shortName": unit.code,
            "parentId": id_of("unit", unit.parent_id) if unit.parent_id else top,
            "rootId": top,
        }
    )


def _sessions(found: list[Term]) -> list[Answer]:
    return [_session(one) for one in found]


def _session(term: Term) -> Answer:
    days = (term.ends_on - term.starts_on).days
    return {
        "academicSessionId": id_of("term", term.code),
        "academicSessionType": "semester" if days > SEMESTER_DAYS else "period",
        "primaryCode": code("identifier", term.code),
        "name": named(term.name, term.code),
        "abbreviation": term.code,
        "startDateTime": beginning(term.starts_on),
        "endDateTime": ending(term.ends_on),
    }
