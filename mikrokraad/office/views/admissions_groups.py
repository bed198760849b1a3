"""The go/no-go desk: is a group large enough, and what follows if it is not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.admissions import actions, cases, groups
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office import forms
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_group_parts as parts
from mikrokraad.people.http import PersonRequest

GROUP = "office:admissions_group"
officers = desk_of(*cases.ADMISSION_DUTIES)


@require_safe
@officers
def admissions_groups(request: PersonRequest) -> HttpResponse:
    runs = list(groups.runs_to_decide(request.user, at=clock.now()))
    context = {"rows": parts.rows(runs, at=clock.now()), "tabs": parts.group_tabs()}
    return render(request, "office/admissions_groups.html", context)


@require_safe
@officers
def admissions_group(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    context = parts.page(run, request.user)
    return render(request, "office/admissions_group.html", context)


@require_POST
@officers
def admissions_go(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    try:
        actions.decide_go(run, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Written down: the run takes place."))
    return redirect(GROUP, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_ask_call_off(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    others = groups.alternatives_to(run, request.user, at=clock.now())
    form = forms.CallOff(request.POST or None, runs=others)
    if form.is_valid():
        with refusals_on(form):
            actions.ask_to_call_off(
                run, **form.decided, by=request.user, at=clock.now()
            )
            messages.success(request, _("Now another person has to agree."))
            return redirect(GROUP, pk)
    context = {"run": run, "form": form}
    return render(request, "office/admissions_ask_call_off.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_call_off(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            told = actions.call_off(run, by=request.user, at=clock.now())
            messages.success(
                request, _("The run is called off. Told: {count}.").format(count=told)
            )
            return redirect(GROUP, pk)
    context = {**parts.page(run, request.user), "form": form}
    return render(request, "office/admissions_call_off.html", context)
