"""Whole pages kept for visitors, and given again only while all they say is true.

A view that is `kept_for_visitors` says what its page was made from; `KeepPages` keeps
the finished answer, compressed, in the memory of this process. Whoever asks for it
again costs one query: the edition of the catalogue and the changes of the places shown,
as they are now. Other numbers than before, or a moment that has come, and the page is
made anew. See docs/adr/0009-kept-pages.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip

from mikrokraad.catalogue.queries import next_opening
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_of, end_of
from mikrokraad.pages.shelf import SHELF, Key
from mikrokraad.seats.queries import next_release
from mikrokraad.seats.seen import Numbers, Seen, ask, noticing

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# Facts of rooms that have no edition (the institution, a contact's name, degrees) may
# be this old; what somebody decides by (places, prices, dates) never is.
LONGEST = timedelta(minutes=10)
LONGEST_ADDRESS = 300
COOKIES = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
ETAG = "ETag"


@dataclass(frozen=True, slots=True)
class Truth:
    """Until when, and while which numbers stay the same, a page is true."""

    seen: Seen
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it left, with the question whose answer must not change."""

    content: bytes
    headers: dict[str, str]
    question: str
    numbers: Numbers
    since: datetime
    until: datetime

    def is_true(self) -> bool:
        return (
            self.since <= clock.now() < self.until
            and ask(self.question) == self.numbers
        )

    def answer(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_IF_NONE_MATCH") == self.headers[ETAG]:
            unchanged = HttpResponseNotModified(headers=self.headers)
            for name in ("Content-Type", "Content-Length", "Content-Encoding"):
                unchanged.headers.pop(name, None)
            return unchanged
        return HttpResponse(self.content, headers=self.headers)


def kept_for_visitors(
    *names: str,
) -> Callable[[View[P]], View[P]]:
    """A view whose page is the same for every visitor who asks by these GET parameters.

    With any other parameter the page is made but not kept: so no address that somebody
    makes up fills the memory, and whatever is counted by parameters is counted.
    """

    def marked(view: View[P]) -> View[P]:
        @wraps(view)
        def keeping(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if key_of(request) is None or not set(request.GET) <= set(names):
                return view(request, *args, **kwargs)
            since = clock.now()
            until = true_until(since)
            with noticing() as seen:
                answer = view(request, *args, **kwargs)
            if not seen.everything:
                answer[ETAG] = f'"{sha256(answer.content).hexdigest()[:20]}"'
                answer.truth = Truth(seen, since, until)  # type: ignore[attr-defined]
            return answer

        return keeping

    return marked


def true_until(at: datetime) -> datetime:
    """The first moment from which a page made now may say something else."""
    moments = [next_opening(at=at), next_release(at=at)]
    return min(at + LONGEST, end_of(day_of(at)), *[one for one in moments if one])


def key_of(request: HttpRequest) -> Key | None:
    """What a visitor's page is kept under; None for whoever is, or may be, known."""
    meta, path = request.META, request.path_info
    if (
        not path.startswith(LANGUAGES)
        or request.method not in ("GET", "HEAD")
        or not COOKIES.isdisjoint(request.COOKIES)
        or "HTTP_HX_REQUEST" in meta
    ):
        return None
    address = f"{path}?{meta.get('QUERY_STRING', '')}"
    if len(address) > LONGEST_ADDRESS:
        return None
    return address, bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", "")))


class KeepPages:
    """Stands right below the request's id: what is kept went through all the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        kept = SHELF.get(key) if key else None
        if isinstance(kept, Kept):
            request.get_host()  # refuses a host that is not ours
            if kept.is_true():
                return kept.answer(request)
        answer = self.get_response(request)
        if key and request.method == "GET":
            _keep(key, answer)
        return answer


def _keep(key: Key, answer: HttpResponse) -> None:
    """Keep a page that came out well and gives no cookie, such as a form's token."""
    truth: Truth | None = getattr(answer, "truth", None)
    if truth is None or answer.status_code != HTTPStatus.OK or answer.cookies:
        return
    seen, headers = truth.seen, dict(answer.items())
    SHELF.put(
        key,
        Kept(
            answer.content,
            headers,
            seen.question,
            seen.numbers,
            truth.since,
            truth.until,
        ),
    )
