"""What staff do with an application: read, ask, decide, release. One action each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mikrokraad.admissions import actions, cases, rules
from mikrokraad.admissions.models import Application
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office import forms
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_parts as parts
from mikrokraad.people.http import PersonRequest

CASE = "office:admissions_application"
officers = desk_of(*cases.ADMISSION_DUTIES)


def _case(request: PersonRequest, pk: UUID) -> Application:
    return get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)


@require_POST
@officers
def admissions_open_review(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    try:
        actions.open_review(case, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(CASE, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_ask(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            text = form.cleaned_data["text"]
            actions.ask(case, text, by=request.user, at=clock.now())
            messages.success(request, _("Your question is on its way."))
            return redirect(CASE, pk)
    return render(request, "office/admissions_ask.html", {"case": case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_offer(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    form = forms.Offer(request.POST or None, choices=rules.OFFER_REASONS)
    if form.is_valid():
        with refusals_on(form):
            actions.stage_offer(case, **form.decided, by=request.user, at=clock.now())
            return redirect(CASE, pk)
    return render(request, "office/admissions_offer.html", {"case": case, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_reject(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    form = forms.Reasons(request.POST or None, choices=rules.REJECTION_REASONS)
    if form.is_valid():
        with refusals_on(form):
            actions.stage_rejection(
                case, **form.cleaned_data, by=request.user, at=clock.now()
            )
            return redirect(CASE, pk)
    return render(
        request, "office/admissions_reject.html", {"case": case, "form": form}
    )


@require_POST
@officers
def admissions_unstage(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = _case(request, pk)
    try:
        actions.unstage(case, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(CASE, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_release(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Everything that is prepared goes out, once; what could not is said with why."""
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            report = actions.release(run, by=request.user, at=clock.now())
            parts.tell(request, report, cases.fallen_away(run))
            return redirect("office:admissions_run", pk)
    context = {**parts.run_page(run, at=clock.now()), "form": form}
    return render(request, "office/admissions_release.html", context)
