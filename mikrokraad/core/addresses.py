"""Parts of addresses, and what comes after the question mark."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls.converters import StringConverter

NUL = "%00"


class OneLine(StringConverter):
    """`<text:…>`: one part of an address, without the characters that nobody can type.

    No database takes a NUL, and PostgreSQL says so with an error; here it is not found.
    """

    regex = r"[^/\x00-\x1f\x7f]+"


class WithoutNul:
    """Read a search as if nobody had typed a NUL into it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if NUL in query:
            request.META["QUERY_STRING"] = query.replace(NUL, "")
        return self.answer(request)
