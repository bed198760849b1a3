"""The desk of places. Each page shows who has places; two change how many there are."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.admissions import cases
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import places_forms as forms
from mikrokraad.office.views import places_parts as parts
from mikrokraad.people.http import PersonRequest
from mikrokraad.seats import actions
from mikrokraad.seats.rules import PoolKey

planners = desk_of(*cases.ADMISSION_DUTIES)


@require_safe
@planners
def places_runs(request: PersonRequest) -> HttpResponse:
    """Runs that are not over, each with a picture of its group."""
    at = clock.now()
    runs = list(cases.runs_for(request.user).filter(ends_on__gte=at.date()))
    return render(
        request, "office/places_runs.html", {"rows": parts.run_rows(runs, at=at)}
    )


@require_safe
@planners
def places_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    shown = parts.run_page(run, request.user, at=clock.now())
    return render(request, "office/places_run.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def places_size(request: PersonRequest, pk: UUID, thing: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    one = parts.changeable(run, thing, request.user, at=clock.now())
    if one is None:
        raise Http404
    form = forms.Size(request.POST or None, initial=one.size_now)
    if form.is_valid():
        with refusals_on(form):
            actions.open_capacity(
                one.thing, **form.cleaned_data, by=request.user, at=clock.now()
            )
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("office:places_run", pk)
    shown = {"run": run, "one": one.shown, "form": form}
    return render(request, "office/places_size.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def places_keep(
    request: PersonRequest, pk: UUID, thing: UUID, key: str
) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    one = parts.changeable(run, thing, request.user, at=clock.now())
    if one is None or one.unit is None or key not in PoolKey.values:
        raise Http404
    form = forms.Keep(request.POST or None, initial=one.pool_now(key))
    if form.is_valid():
        with refusals_on(form):
            actions.set_pool(
                one.unit, PoolKey(key), **form.kept, by=request.user, at=clock.now()
            )
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("office:places_run", pk)
    shown = {"run": run, "one": one.shown, "form": form, "whom": parts.WHOM[key]}
    return render(request, "office/places_keep.html", shown)
