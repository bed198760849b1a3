"""Pages, feeds and the stylesheet travel compressed; files and machines' answers as they are.

Nobody can guess what is personal from the length of a page (BREACH): another site's
requests come without the session (`SESSION_COOKIE_SAMESITE`), tokens of forms are masked
anew each time, and Django adds a random number of bytes.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = (
    "text/html",
    "text/css",
    "text/calendar",
    "application/xml",
    "application/atom+xml",
    "application/ld+json",
)


class CompressTexts(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind in TEXTS:
            return super().process_response(request, response)
        return response
