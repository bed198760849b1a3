"""Runs that give their places by points, by lots or to everybody: one press each."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, cases, ordered
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office import forms as office_forms
from mikrokraad.office import ordering_forms as forms
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import admissions_orders as parts
from mikrokraad.office.views.admissions_parts import tell
from mikrokraad.people.http import PersonRequest

officers = desk_of(*cases.ADMISSION_DUTIES)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_order(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The order, by points or by lots; one press prepares all decisions by it."""
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.InOrder(
        request.POST or None, initial={"offers": parts.places_of(run, at=clock.now())}
    )
    if form.is_valid():
        with refusals_on(form):
            report = actions.prepare_in_order(
                run, **form.decided, by=request.user, at=clock.now()
            )
            parts.tell_prepared(request, report)
            return redirect("office:admissions_run", pk)
    context = {**parts.order_page(run, at=clock.now()), "form": form}
    return render(request, "office/admissions_order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_criteria(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.Criteria(request.POST or None, criteria=ordered.criteria_of(run))
    if form.is_valid():
        with refusals_on(form):
            actions.set_criteria(run, form.decided, by=request.user, at=clock.now())
            return redirect("office:admissions_order", pk)
    context = {"run": run, "form": form}
    return render(request, "office/admissions_criteria.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_score(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.with_the_file(cases.cases_for(request.user)), pk=pk)
    form = forms.Points(
        request.POST or None,
        criteria=ordered.criteria_of(case.run),
        given=ordered.scores_by(case, request.user.pk),
    )
    if form.is_valid():
        with refusals_on(form):
            actions.score(case, form.decided, by=request.user, at=clock.now())
            return redirect("office:admissions_order", case.run_id)
    context = {"case": case, "form": form}
    return render(request, "office/admissions_score.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_announce_lottery(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.Announce(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            source = form.cleaned_data["source"]
            actions.announce_lottery(
                run, source=source, by=request.user, at=clock.now()
            )
            return redirect("office:admissions_order", pk)
    context = {"run": run, "form": form}
    return render(request, "office/admissions_announce_lottery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_draw_lots(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = forms.Draw(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            seed = form.cleaned_data["seed"]
            actions.draw_lots(run, seed=seed, by=request.user, at=clock.now())
            return redirect("office:admissions_order", pk)
    context = {"run": run, "form": form, "lottery": ordered.lottery_of(run)}
    return render(request, "office/admissions_draw_lots.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_offer_everyone(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = office_forms.Confirmed(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            report = actions.offer_to_everyone(run, by=request.user, at=clock.now())
            tell(request, report, [])
            return redirect("office:admissions_run", pk)
    context = {**parts.everyone_page(run, at=clock.now()), "form": form}
    return render(request, "office/admissions_offer_everyone.html", context)
