"""Courses of which programmes are made, and their teachings."""

from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router

from mikrokraad.api.ooapi.parts import (
    DELIVERY,
    Answer,
    AskedByName,
    beginning,
    code,
    ending,
    id_of,
    known,
    named,
    number_in,
    page_of,
    texts,
)
from mikrokraad.api.ooapi.programmes import AskedOfferings, load
from mikrokraad.catalogue.models import Course, CourseSection
from mikrokraad.catalogue.published import (
    courses_by_name,
    sections_in_order,
    titled,
)
from mikrokraad.catalogue.rules import Mode
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of

LEVELS = ("bachelor", "master", "doctoral")
router = Router(tags=["courses"])


@router.get("/courses", summary="Courses, by name")
def courses(request: HttpRequest, asked: Query[AskedByName]) -> Answer:  # noqa: ARG001 -- ninja gives it
    rows = courses_by_name()
    if asked.primary_code:
        rows = rows.filter(code=asked.primary_code)
    if asked.q:
        rows = rows.filter(titled(asked.q))
    return page_of(rows, asked, _told)


@router.get("/courses/{course_id}", summary="One course")
def course(request: HttpRequest, course_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    return _course(_found(course_id))


@router.get("/courses/{course_id}/course-offerings", summary="When it is taught")
def course_offerings(
    request: HttpRequest,  # noqa: ARG001 -- ninja gives it
    course_id: UUID,
    asked: Query[AskedOfferings],
) -> Answer:
    rows = sections_in_order().filter(course=_found(course_id))
    rows = rows.filter(term__starts_on__gte=day_of(asked.since or clock.now()))
    if asked.until:
        rows = rows.filter(term__ends_on__lte=day_of(asked.until))
    if asked.teaching_language:
        rows = rows.filter(language=asked.teaching_language[:2])
    return page_of(rows, asked, _offerings)


@router.get("/course-offerings/{offering_id}", summary="One teaching")
def course_offering(request: HttpRequest, offering_id: UUID) -> Answer:  # noqa: ARG001 -- ninja gives it
    section = sections_in_order().filter(pk=offering_id).first()
    if section is None:
        raise Http404
    return _offering(section)


def _found(course_id: UUID) -> Course:
    found = courses_by_name().filter(pk=number_in("course", course_id)).first()
    if found is None:
        raise Http404
    return found


def _told(found: list[Course]) -> list[Answer]:
    return [_course(one) for one in found]


def _course(course: Course) -> Answer:
    programmes = {use.version.programme_id for use in course.uses}  # type: ignore[attr-defined]
    return known(
        {
            "courseId": id_of("course", course.pk),
            "primaryCode": code("identifier", course.code),
            "name": named(course.title, course.code),
            "abbreviation": course.code,
            "studyLoad": load(course.ects),
            "description": _outcomes(course),
            "fieldsOfStudy": course.field_id,
            "level": course.level if course.level in LEVELS else "undefined",
            "assessment": texts(course.assessment),
            "programmeIds": sorted(programmes),
            "organisationId": id_of("unit", course.unit_id),
        }
    )


def _outcomes(course: Course) -> list[dict[str, str]]:
    languages = sorted({code for text in course.outcomes for code in text})
    return texts(
        {
            code: "\n".join(text[code] for text in course.outcomes if text.get(code))
            for code in languages
        }
    )


def _offerings(found: list[CourseSection]) -> list[Answer]:
    return [_offering(one) for one in found]


def _offering(section: CourseSection) -> Answer:
    """Where and by whom it is taught is for its learners to know."""
    runs = section.joined  # type: ignore[attr-defined]
    return known(
        {
            "courseOfferingId": section.pk,
            "primaryCode": code("offering_code", section.code),
            "academicSessionId": id_of("term", section.term_id),
            "name": named(section.course.title, section.course.code),
            "abbreviation": section.code,
            "teachingLanguages": [section.language],
            "modesOfDelivery": [DELIVERY[Mode(section.mode)]],
            "resultExpected": True,
            "startDateTime": beginning(section.term.starts_on),
            "endDateTime": ending(section.term.ends_on),
            "courseId": id_of("course", section.course_id),
            "programmeOfferingIds": sorted(run.pk for run in runs),
            "organisationId": id_of("unit", section.course.unit_id),
        }
    )
