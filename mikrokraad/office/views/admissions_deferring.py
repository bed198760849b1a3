"""Wishes for a later run: staff move the place, or say why not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.admissions import actions, cases, deferring
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office import deferring_forms, forms
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest

CASE = "office:admissions_application"
officers = desk_of(*cases.ADMISSION_DUTIES)


@require_safe
@officers
def admissions_deferrals(request: PersonRequest) -> HttpResponse:
    wishes = deferring.open_wishes(cases.cases_for(request.user))
    return render(request, "office/admissions_deferrals.html", {"wishes": wishes})


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_defer(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    later = list(deferring.later_runs(case, at=clock.now()))
    plans = list(deferring.later_plans(case))
    form = deferring_forms.Defer(request.POST or None, runs=later, plans=plans)
    if form.is_valid():
        with refusals_on(form):
            actions.defer(
                case,
                form.chosen,
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(
                request, _("The place is moved, and the applicant is told.")
            )
            return redirect(CASE, pk)
    context = {"case": case, "form": form, "wish": deferring.wish_of(case)}
    return render(request, "office/admissions_defer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_keep_in_this_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    form = forms.Why(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why = form.cleaned_data["reason"]
        with refusals_on(form):
            actions.keep_in_this_run(case, answer=why, by=request.user, at=clock.now())
            messages.success(request, _("The applicant is told."))
            return redirect(CASE, pk)
    context = {"case": case, "form": form, "wish": deferring.wish_of(case)}
    return render(request, "office/admissions_keep_in_this_run.html", context)
