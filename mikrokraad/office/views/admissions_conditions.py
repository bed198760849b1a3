"""Conditions of an accepted place: staff say that one is met, or end it after its day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mikrokraad.admissions import actions, cases
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal
from mikrokraad.office.access import desk_of
from mikrokraad.people.http import PersonRequest

CASE = "office:admissions_application"
officers = desk_of(*cases.ADMISSION_DUTIES)


@require_POST
@officers
def admissions_meet_condition(request: PersonRequest, pk: UUID) -> HttpResponse:
    condition = get_object_or_404(cases.conditions_for(request.user), pk=pk)
    try:
        actions.meet_condition(condition, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(CASE, condition.decision.application_id)


@require_POST
@officers
def admissions_end_unmet(request: PersonRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(cases.cases_for(request.user), pk=pk)
    try:
        actions.end_unmet(case, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The place is free again, and the applicant told."))
    return redirect(CASE, pk)
