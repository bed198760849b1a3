"""Who may go on: staff desks want a second factor, forms somebody who is signed in."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

STRONG = {"mfa", "demonstration"}
NOTHING_TYPED = {"csrfmiddlewaretoken"}


def is_strong(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or by a persona's click."""
    return any(
        entry.get("method") in STRONG
        for entry in get_authentication_records(request, request.user)
    )


class SecondFactorForStaff:
    """Send staff who have not used a second factor to the page that asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        desk = path.startswith(f"/{get_language()}/office/")
        if not desk or not request.user.is_authenticated or is_strong(request):
            return self.get_response(request)
        if request.method != "GET":
            return redirect("people:second_factor")
        return redirect_to_login(
            request.get_full_path(), resolve_url("people:second_factor")
        )


class BackToTheForm:
    """Whoever sends a form without being signed in any more is told that it was not
    saved, and comes back to the page it stands on, not to where it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method != "POST" or not _asks_to_sign_in(request, answer):
            return answer
        if request.headers.get("X-Autosave"):
            return answer  # nobody pressed anything: the button will tell
        if not set(request.POST) <= NOTHING_TYPED:
            messages.warning(
                request,
                _(
                    "You are not signed in any more, so what you sent just now was not "
                    "saved. Sign in: you come back to that page, and can write it again."
                ),
            )
        return redirect_to_login(_page_of_form(request), resolve_url("people:sign_in"))


def _asks_to_sign_in(request: HttpRequest, answer: HttpResponse) -> bool:
    sign_in = resolve_url("people:sign_in")
    onward = str(answer.headers.get("Location", ""))
    return onward.startswith(f"{sign_in}?") and not request.path.startswith(sign_in)


def _page_of_form(request: HttpRequest) -> str:
    """The page of ours that the browser names; without one, the address itself."""
    page = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    parts = urlsplit(page)
    if not ours or not parts.netloc:
        return request.path
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
