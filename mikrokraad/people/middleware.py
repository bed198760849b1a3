"""Staff desks open only to people who signed in with a second factor."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

STRONG = {"mfa", "demonstration"}


def is_strong(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor, or by a persona's click."""
    return any(
        entry.get("method") in STRONG
        for entry in get_authentication_records(request, request.user)
    )


class SecondFactorForStaff:
    """Send staff who have no second factor yet to the page that sets one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        desk = path.startswith(f"/{get_language()}/office/")
        if desk and request.user.is_authenticated and not is_strong(request):
            return redirect("people:second_factor")
        return self.get_response(request)
