"""Decisions that were a mistake: somebody else takes them back, and says why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, cases, dossier
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office import forms
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_parts as parts
from mikrokraad.people.http import PersonRequest

CASE = "office:admissions_application"
officers = desk_of(*cases.ADMISSION_DUTIES)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_reverse(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    form = forms.Why(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            why = form.cleaned_data["reason"]
            actions.reverse(case, reason=why, by=request.user, at=clock.now())
            messages.success(request, _("The application is being read again."))
            return redirect(CASE, pk)
    decision = parts.decision_row(dossier.last_decision(case))
    context = {"case": case, "form": form, "decision": decision}
    return render(request, "office/admissions_reverse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_withdraw_by_school(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    form = forms.Why(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            why = form.cleaned_data["reason"]
            actions.withdraw_by_school(
                case, reason=why, by=request.user, at=clock.now()
            )
            messages.success(request, _("The offer is taken back."))
            return redirect(CASE, pk)
    decision = parts.decision_row(dossier.last_decision(case))
    context = {"case": case, "form": form, "decision": decision}
    return render(request, "office/admissions_withdraw_by_school.html", context)
