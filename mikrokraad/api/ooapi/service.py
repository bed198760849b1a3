"""The API itself: what it answers, and whom to write to."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI, Router

from mikrokraad.api.ooapi import courses, organisations, programmes
from mikrokraad.api.ooapi.parts import Answer
from mikrokraad.api.ooapi.problems import answer_with_problems
from mikrokraad.people.queries import institution

ROOT = "/api/ooapi/v6"
# By the names they have in the specification.
PATHS = (
    "/academic-sessions",
    "/academic-sessions/{academicSessionId}",
    "/course-offerings/{courseOfferingId}",
    "/courses",
    "/courses/{courseId}",
    "/courses/{courseId}/course-offerings",
    "/organisations",
    "/organisations/{organisationId}",
    "/programme-offerings/{programmeOfferingId}",
    "/programmes",
    "/programmes/{programmeId}",
    "/programmes/{programmeId}/programme-offerings",
)
router = Router(tags=["service metadata"])
v6 = NinjaAPI(
    title="Open Education API of Mikrokraad",
    version="6.0.0",
    description=(
        "The published programmes, courses, semesters and units of this university, "
        "as the Open Education API 6.0 describes them. Read only, without an account."
    ),
    urls_namespace="ooapi_v6",
    docs_url=None,
)


@router.get("/", summary="About this service")
def service(request: HttpRequest) -> Answer:  # noqa: ARG001 -- ninja gives it
    found = institution()
    return {
        "contactEmail": found.email if found else settings.DEFAULT_FROM_EMAIL,
        "specification": f"{settings.PUBLIC_URL}{ROOT}/openapi.json",
        "supportedOperations": [
            {"verbs": ["GET"], "path": quote(path)} for path in PATHS
        ],
    }


answer_with_problems(v6)
v6.add_router("", router)
v6.add_router("", programmes.router)
v6.add_router("", courses.router)
v6.add_router("", organisations.router)
