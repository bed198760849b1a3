"""The applicant's own moves once the application is sent."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, deferring, dossier, forms, queries
from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import LADDER, State, Step
from mikrokraad.admissions.views import shown
from mikrokraad.admissions.views.evidence import attach
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.people.http import PersonRequest


def _application(request: PersonRequest, pk: UUID) -> Application:
    mine = dossier.with_everything(queries.applications_of(request.user))
    return get_object_or_404(mine, pk=pk)


def _may(application: Application, step: Step) -> bool:
    return LADDER.allows(State(application.state), step)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    if not _may(application, Step.ANSWER):
        return redirect(application)
    form = forms.Answer(request.POST or None, request.FILES or None)
    if form.is_valid():
        attach(request, application, dossier.ANSWER_EVIDENCE, form)
    if form.is_valid():
        with refusals_on(form):
            text = form.cleaned_data["text"]
            actions.answer(application, text, by=request.user, at=clock.now())
            return redirect(application)
    context = {**shown.application_page(application), "form": form}
    return render(request, "admissions/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def accept_offer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Price, deadline and courses once more; the second press changes nothing."""
    application = _application(request, pk)
    if not _may(application, Step.ACCEPT):
        return redirect(application)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            actions.accept_offer(application, by=request.user, at=clock.now())
            return redirect(application)
    context = {**shown.offer(application), "form": form}
    return render(request, "admissions/accept_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decline_offer(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    if not _may(application, Step.DECLINE):
        return redirect(application)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            actions.decline_offer(application, by=request.user, at=clock.now())
            return redirect(application)
    context = {**shown.application_page(application), "form": form}
    return render(request, "admissions/decline_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    application = _application(request, pk)
    if not _may(application, Step.WITHDRAW):
        return redirect(application)
    form = forms.Withdraw(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw(
                application, **form.cleaned_data, by=request.user, at=clock.now()
            )
            return redirect(application)
    context = {**shown.application_page(application), "form": form}
    return render(request, "admissions/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask_to_defer(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A wish for a later run; staff answer it, and the place is kept until then."""
    application = _application(request, pk)
    if not deferring.may_ask(application, at=clock.now()):
        return redirect(application)
    form = forms.AskToDefer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        with refusals_on(form):
            actions.ask_to_defer(application, words, by=request.user, at=clock.now())
            return redirect(application)
    context = {
        **shown.application_page(application),
        "form": form,
        "later": deferring.later_runs(application, at=clock.now()),
        "plans": deferring.later_plans(application),
    }
    return render(request, "admissions/ask_to_defer.html", context)
