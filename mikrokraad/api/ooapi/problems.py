"""How this API says no: RFC 9457 problems, in English."""

import json
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

NOT_FOUND = "There is nothing with this id."
UNUSABLE = "Some parameters cannot be used: {names}."
UNREADABLE = "The request cannot be read."
TOO_OFTEN = "You have asked too often. Wait as long as “Retry-After” says, in seconds."


def problem(status: int, detail: str) -> HttpResponse:
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    content_type = "application/problem+json"
    return HttpResponse(json.dumps(told), status=status, content_type=content_type)


def answer_with_problems(api: NinjaAPI) -> None:
    """From now on `api` answers every no as a problem."""

    @api.exception_handler(Http404)
    def not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return problem(HTTPStatus.NOT_FOUND, NOT_FOUND)

    @api.exception_handler(ValidationError)
    def unusable(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        names = sorted({str(one["loc"][-1]) for one in error.errors})
        return problem(HTTPStatus.BAD_REQUEST, UNUSABLE.format(names=", ".join(names)))

    @api.exception_handler(Throttled)
    def too_often(_request: HttpRequest, _error: Throttled) -> HttpResponse:
        return problem(HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN)

    @api.exception_handler(HttpError)
    def unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, UNREADABLE)
