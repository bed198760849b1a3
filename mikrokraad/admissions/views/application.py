"""One application: where it stands, what is missing, and sending it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mikrokraad.admissions import acceptance, actions, dossier, forms, queries, wording
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.terms import terms_of
from mikrokraad.admissions.views import shown
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
def application(request: PersonRequest, pk: UUID) -> HttpResponse:
    mine = dossier.with_everything(queries.applications_of(request.user))
    found = get_object_or_404(mine, pk=pk)
    return render(request, "admissions/application.html", shown.application_page(found))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def submit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Everything as it will be read, and the button that sends it. Twice is once."""
    mine = queries.applications_of(request.user)
    drafted = get_object_or_404(mine.select_related(None), pk=pk)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if drafted.state != State.DRAFT:
        return redirect("admissions:submitted", pk)
    if form.is_valid():
        with refusals_on(form):
            actions.submit(drafted, by=request.user, at=clock.now())
            return redirect("admissions:submitted", pk)
    found = dossier.with_everything(mine).get(pk=pk)
    return render(
        request,
        "admissions/submit.html",
        {**shown.application_page(found), "form": form},
    )


@require_safe
@login_required
def submitted(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The receipt: what we have, and what happens next. Not an acceptance."""
    mine = dossier.with_everything(queries.applications_of(request.user))
    found = get_object_or_404(mine, pk=pk, submitted_at__isnull=False)
    if wording.told(found.state).stage != wording.Stage.DECISION:
        return redirect(found)  # decided at once: the page itself says what
    return render(request, "admissions/submitted.html", shown.receipt(found))


@require_safe
@login_required
def terms(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What was agreed to, as it was then; the programme may have moved on."""
    mine = dossier.with_everything(queries.applications_of(request.user))
    mine = mine.select_related("agreement__quote__policy")
    found = get_object_or_404(mine, pk=pk, submitted_at__isnull=False)
    context = {"application": found, "run": found.run, **terms_of(found)}
    return render(request, "admissions/terms.html", context)


@require_safe
@login_required
def acceptance_letter(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The letter to show for a visa; `?in=et` is in Estonian, for who reads it."""
    mine = dossier.with_everything(queries.applications_of(request.user))
    return acceptance.download(
        get_object_or_404(mine, pk=pk), request.GET.get("in", "")
    )
