"""Entering an application for somebody, from paper or on the telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, cases
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.entering_forms import EnterFor
from mikrokraad.people.http import PersonRequest

officers = desk_of(*cases.ADMISSION_DUTIES)


@require_http_methods(["GET", "HEAD", "POST"])
@officers
def admissions_enter_for(request: PersonRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(cases.runs_for(request.user), pk=pk)
    form = EnterFor(run, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            made = actions.enter_for(
                run,
                form.told,
                tried=form.tried,
                questions=form.questions,
                by=request.user,
                at=clock.now(),
            )
            words = _("Entered. {name} gets a letter, reads it through and sends it.")
            messages.success(request, words.format(name=made.person.name))
            return redirect("office:admissions_run", pk)
    context = {"run": run, "form": form}
    return render(request, "office/admissions_enter_for.html", context)
