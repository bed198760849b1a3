"""A condition of the place: the applicant adds the file that shows that it is met."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import dossier, forms, queries
from mikrokraad.admissions.rules import State
from mikrokraad.admissions.views import shown
from mikrokraad.admissions.views.evidence import attach
from mikrokraad.people.http import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def condition(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.conditions_for(request.user), pk=pk)
    mine = dossier.with_everything(queries.applications_of(request.user))
    application = get_object_or_404(mine, pk=found.decision.application_id)
    if application.state != State.CONDITIONS_PENDING or found.met_at:
        return redirect(application)
    form = forms.ShowCondition(request.POST or None, request.FILES or None)
    if form.is_valid():
        attach(request, application, found.key, form)
    if form.is_valid():
        messages.success(request, _("We have your file, and look at it."))
        return redirect(application)
    context = {**shown.condition_page(application, found), "form": form}
    return render(request, "admissions/condition.html", context)
