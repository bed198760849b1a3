"""Runs at the desk: planned, rolled over, published, and changed where it is harmless."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mikrokraad.catalogue import actions
from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.desk import running, whose
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.rules import Section
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import programmes_parts as parts
from mikrokraad.office.views import programmes_run_forms as forms
from mikrokraad.office.views import programmes_run_words as words
from mikrokraad.office.views.programmes import version_or_404
from mikrokraad.office.views.programmes_forms import NewRun
from mikrokraad.people.http import PersonRequest
from mikrokraad.seats.queries import places_left


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_runs(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Every run of a programme, the planned ones first; a new one of this version."""
    version = version_or_404(request, pk)
    intakes = running.intakes_for(version, on=clock.today())
    form = NewRun(request.POST or None, intakes=intakes)
    if form.is_valid():
        chosen = form.cleaned_data["intake"]
        with refusals_on(form):
            plan = actions.plan_run(
                version,
                next(one for one in intakes if str(one.pk) == chosen),
                by=request.user,
                at=clock.now(),
            )
            return redirect("office:programmes_plan", plan.pk)
    shown = {
        "version": version,
        "tabs": parts.tabs(version, Section.RUN) if words.is_draft(version) else [],
        "may_run": words.may_run(version),
        "plans": [words.plan_line(one) for one in running.plans_of(version.programme)],
        "runs": [
            words.run_line(one, at=clock.now())
            for one in running.runs_of(version.programme)
        ],
        "form": form,
    }
    return render(request, "office/programmes_runs.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_roll_over(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The same run again in another semester: all but its dates."""
    run = get_object_or_404(catalogue.runs_at(request.user), pk=pk)
    version = whose.version_to_run(run.version.programme) or run.version
    intakes = running.intakes_for(version, on=clock.today())
    form = NewRun(request.POST or None, intakes=intakes)
    places = places_left([run], at=clock.now()).get(run.pk)
    if form.is_valid():
        chosen = form.cleaned_data["intake"]
        with refusals_on(form):
            plan = actions.plan_run(
                version,
                next(one for one in intakes if str(one.pk) == chosen),
                like=run,
                places=places.size if places else None,
                by=request.user,
                at=clock.now(),
            )
            return redirect("office:programmes_plan", plan.pk)
    shown = {"run": run, "version": version, "places": places, "form": form}
    return render(request, "office/programmes_roll_over.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_plan(request: PersonRequest, pk: UUID) -> HttpResponse:
    plan = get_object_or_404(running.plans_at(request.user), pk=pk)
    people = running.contacts_for(plan.version, besides=plan.contact)
    form = forms.PlannedRunForm(plan, request.POST or None, people=people)
    if form.is_valid():
        with refusals_on(form):
            actions.edit_plan(plan, form.values, by=request.user, at=clock.now())
            messages.success(request, _("Saved."))
            return redirect("office:programmes_plan", plan.pk)
    shown = {
        "plan": plan,
        "form": form,
        "lacks": words.lacks(plan),
        "teachings": running.teachings_for(plan),
    }
    return render(request, "office/programmes_plan.html", shown)


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_publish(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A second press finds the run that the first one made: it has the plan's id."""
    plan = running.plans_at(request.user).filter(pk=pk).first()
    if plan is None:
        run = get_object_or_404(catalogue.runs_at(request.user), pk=pk)
        return redirect("office:programmes_run", run.pk)
    try:
        run = actions.publish_plan(plan, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("office:programmes_plan", plan.pk)
    messages.success(request, _("Published: everybody can see the run now."))
    return redirect("office:programmes_run", run.pk)


@require_POST
@desk_of(*DESK_DUTIES)
def programmes_drop(request: PersonRequest, pk: UUID) -> HttpResponse:
    plan = get_object_or_404(running.plans_at(request.user), pk=pk)
    version = plan.version_id
    try:
        actions.drop_plan(plan, by=request.user, at=clock.now())
        messages.success(request, _("The planned run is gone. Nobody had seen it."))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("office:programmes_runs", version)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*DESK_DUTIES)
def programmes_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A run that people see: only what nobody relied on can be changed (C4)."""
    run = get_object_or_404(catalogue.runs_at(request.user), pk=pk)
    people = running.contacts_for(run.version, besides=run.contact)
    form = forms.LiveRun(run, request.POST or None, people=people)
    if form.is_valid():
        with refusals_on(form):
            actions.edit_run(run, **form.values, by=request.user, at=clock.now())
            messages.success(request, _("Saved. The page shows it already."))
            return redirect("office:programmes_run", run.pk)
    shown = {"run": run, "form": form, **words.live(run, at=clock.now())}
    return render(request, "office/programmes_run.html", shown)
