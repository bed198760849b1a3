"""Staff desks open only to people who signed in with a second factor."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import get_language

STRONG = {"mfa", "demonstration"}


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
