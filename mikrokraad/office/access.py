"""Who may sit at a desk: somebody with the duty, signed in with a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

from mikrokraad.people.http import PersonRequest
from mikrokraad.people.middleware import is_strong
from mikrokraad.people.models import Duty
from mikrokraad.people.roles import has_duty

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]
GuardedView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk_of(*duties: Duty) -> Callable[[View[P]], GuardedView[P]]:
    """A page for people with one of `duties` in some unit.

    Which rows they see there is for the query to know (`people.roles.units_of`);
    everybody else gets 403, and who signed in weakly is asked for the second factor.
    """

    def guard(view: View[P]) -> GuardedView[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(
                    request.get_full_path(), resolve_url("people:sign_in")
                )
            if not has_duty(request.user, *duties):
                raise PermissionDenied
            if not is_strong(request):
                return redirect("people:second_factor")
            return view(cast(PersonRequest, request), *args, **kwargs)

        return guarded

    return guard
