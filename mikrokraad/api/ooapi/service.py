"""The API itself: what it answers, and whom to write to."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.throttling import BaseThrottle

from mikrokraad.api.ooapi import courses, organisations, programmes
from mikrokraad.api.ooapi.parts import Answer
from mikrokraad.api.ooapi.problems import answer_with_problems, problem
from mikrokraad.people.limits import too_often
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
UNKNOWN = (
    "There is nothing at this address. {specification} lists those that there are."
)
MINUTE = 60


class NotTooOften(BaseThrottle):
    """So many requests a minute from one machine, over all web processes."""

    def allow_request(self, request: HttpRequest) -> bool:
        rates = f"{settings.API_REQUESTS_A_MINUTE}/m/ip"
        return not too_often(request, "ooapi", rates=rates, key="")

    def wait(self) -> float:
        """Units: seconds."""
        return MINUTE


router = Router(tags=["service metadata"])
v6 = NinjaAPI(
    title="Open Education API of Mikrokraad",
    version="6.0.0",
    description=(
        "The published programmes, courses, semesters and units of this university, "
        "as the Open Education API 6.0 describes them. Read only, without an account. "
        f"Who asks more than {settings.API_REQUESTS_A_MINUTE} times a minute is answered "
        "429, with the seconds to wait in Retry-After."
    ),
    urls_namespace="ooapi_v6",
    docs_url=None,
    throttle=[NotTooOften()],
)


@router.get("/", summary="About this service")
def service(request: HttpRequest) -> Answer:  # noqa: ARG001 -- ninja gives it
    found = institution()
    return {
        "contactEmail": found.email if found else settings.DEFAULT_FROM_EMAIL,
        "specification": _specification(),
        "supportedOperations": [
            # Version 6.0 describes “verbs” and requires “verb”.
            {"verb": "GET", "verbs": ["GET"], "path": quote(path)}
            for path in PATHS
        ],
    }


def _specification() -> str:
    return f"{settings.PUBLIC_URL}{ROOT}/openapi.json"


@csrf_exempt  # nothing is here, whoever writes to it
def unknown(_request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 -- the address gives it
    """Whatever else stands below the address of this API."""
    return problem(404, UNKNOWN.format(specification=_specification()))


answer_with_problems(v6)
v6.add_router("", router)
v6.add_router("", programmes.router)
v6.add_router("", courses.router)
v6.add_router("", organisations.router)
