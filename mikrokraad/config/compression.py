"""Pages travel compressed to whoever is not signed in, and the stylesheet to everybody.

What is personal stays as it is, so that nobody can guess it from the length of an
answer (BREACH).
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

ALWAYS = ("text/css",)
FOR_VISITORS = (
    "text/html",
    "text/calendar",
    "application/xml",
    "application/atom+xml",
    "application/ld+json",
)


class CompressWhatIsPublic(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if kind in ALWAYS or (kind in FOR_VISITORS and not signed_in):
            return super().process_response(request, response)
        return response
