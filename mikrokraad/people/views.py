"""Signing in, one's own account, and one's own data."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.people import actions, codes, export, forms, queries
from mikrokraad.people.consents import PURPOSES
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.middleware import is_strong

ONWARD = "people_onward"
HOME = "pages:my_page"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """An e-mail address, and nothing else. The same for known and unknown ones."""
    if request.user.is_authenticated:
        return redirect(_onward(request) or HOME)
    form = forms.Email(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            codes.send_code(request, form.cleaned_data["email"])
            return redirect(_with_next(request, "people:enter_code"))
    context = {"form": form, "next": _onward(request)}
    return render(request, "people/sign_in.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_onward(request) or HOME)
    process = codes.waiting_code(request)
    if process is None:
        messages.info(request, _no_code())
        return redirect(_with_next(request, "people:sign_in"))
    form = forms.Code(process, request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            return process.finish(_onward(request))
        if not process.record_invalid_attempt():
            messages.error(request, _too_often())
            return redirect(_with_next(request, "people:sign_in"))
    context = {
        "form": form,
        "email": process.state["email"],
        "next": _onward(request),
        "minutes": process.timeout // 60,
        "late": process.state.get("late", False),
    }
    return render(request, "people/enter_code.html", context)


@never_cache
@require_safe
@login_required
def second_factor(request: PersonRequest) -> HttpResponse:
    """For staff: set a second factor up, or use it now; then on."""
    onward = _onward(request) or request.session.get(ONWARD) or reverse(HOME)
    if is_strong(request):
        request.session.pop(ONWARD, None)
        return redirect(onward)
    request.session[ONWARD] = onward
    context = {"factors": queries.second_factors_of(request.user), "next": onward}
    return render(request, "people/second_factor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_account(request: PersonRequest) -> HttpResponse:
    person = request.user
    code = queries.masked_code_of(person)
    kind = forms.DetailsWithCode if code else forms.Details
    known = {name: getattr(person, name) for name in kind.base_fields}
    form = kind(request.POST or None, initial=known)
    if form.is_valid():
        with refusals_on(form):
            actions.change_details(
                person, by=person, at=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Your details are saved."))
            return redirect("people:my_account")
    context = {
        "form": form,
        "code": code,
        "factors": queries.second_factors_of(person),
        "consents": queries.consents_of(person),
        "known": person,
    }
    return render(request, "people/my_account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def set_personal_code(request: PersonRequest) -> HttpResponse:
    if queries.masked_code_of(request.user) and request.method != "POST":
        return redirect("people:my_account")
    form = forms.PersonalCode(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.set_personal_code(
                request.user,
                form.cleaned_data["code"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("Your personal code is saved."))
            return redirect("people:my_account")
    return render(request, "people/set_personal_code.html", {"form": form})


@never_cache
@require_safe
@login_required
def my_data(request: PersonRequest) -> HttpResponse:
    """Everything the university knows about me here, as a file."""
    at = clock.now()
    answer = JsonResponse(
        export.everything_about(request.user, at=at),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="mikrokraad-{at:%Y-%m-%d}.json"'
    )
    return answer


@require_POST
@login_required
def give_consent(request: PersonRequest, purpose: str) -> HttpResponse:
    if purpose not in PURPOSES:
        raise Http404
    actions.give_consent(request.user, purpose, at=clock.now())
    messages.success(request, _("Thank you. You can take it back at any time."))
    return redirect("people:my_account")


@require_POST
@login_required
def withdraw_consent(request: PersonRequest, purpose: str) -> HttpResponse:
    actions.withdraw_consent(request.user, purpose, at=clock.now())
    messages.success(request, _("You have taken it back. It holds from now on."))
    return redirect("people:my_account")


def _onward(request: HttpRequest) -> str | None:
    """Where the person wanted to go: a page of ours, or nothing."""
    onward: str | None = get_next_redirect_url(request)
    return onward


def _with_next(request: HttpRequest, name: str) -> str:
    onward = _onward(request)
    if not onward:
        return resolve_url(name)
    query = QueryDict(mutable=True)
    query["next"] = onward
    return f"{resolve_url(name)}?{query.urlencode(safe='/')}"


def _no_code() -> str:
    return _(
        "No code is waiting here: it has expired, or another browser asked for it. "
        "Ask for a new one."
    )


def _too_often() -> str:
    return _("That was not the code, three times. Ask for a new one.")
