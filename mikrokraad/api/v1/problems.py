"""How the API says no: a status, a code for machines, a sentence for people."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from mikrokraad.core.errors import Refusal


class Fault(Schema):
    """One parameter that cannot be used."""

    where: str = Field(examples=["query.page"])
    what: str


class Problem(Schema):
    """Why there is no answer. `code` stays the same; `message` may be reworded."""

    code: str = Field(examples=["not-found"])
    message: str
    faults: list[Fault] = []


# What any operation may answer instead.
PROBLEMS: dict[int, type[Problem]] = {
    HTTPStatus.BAD_REQUEST.value: Problem,
    HTTPStatus.NOT_FOUND.value: Problem,
    HTTPStatus.CONFLICT.value: Problem,
    HTTPStatus.UNPROCESSABLE_ENTITY.value: Problem,
}


def answer_with_problems(api: NinjaAPI) -> None:
    """From now on `api` answers every no as a `Problem`."""

    def told(request: HttpRequest, status: int, **problem: Any) -> HttpResponse:  # noqa: ANN401
        said = Problem(**problem).model_dump()
        return api.create_response(request, said, status=status)

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return told(
            request, HTTPStatus.CONFLICT, code=refusal.code, message=refusal.message
        )

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
        message = _("There is nothing at this address. Check it and ask again.")
        return told(request, HTTPStatus.NOT_FOUND, code="not-found", message=message)

    @api.exception_handler(ValidationError)
    def unusable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return told(
            request,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            code="unusable-parameters",
            message=_("Some of what was asked cannot be used; “faults” says what."),
            faults=[_fault(one) for one in error.errors],
        )

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        message = _("This address is only for a system that shows its token.")
        return told(
            request, HTTPStatus.UNAUTHORIZED, code="token-needed", message=message
        )

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
        message = _("The request is too large. Send less of it at once.")
        return told(
            request,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            code="too-large",
            message=message,
        )

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        message = _("The request cannot be read. Check its form and send it again.")
        return told(request, error.status_code, code="unreadable", message=message)


def _fault(one: dict[str, Any]) -> Fault:
    """Without what was sent: nothing of a request is repeated in the answer."""
    place = [str(part) for part in one["loc"] if part != "wishes"]
    return Fault(where=".".join(place), what=one["msg"])
