"""Screens of an assessor: curricula, what fills them, and what is proposed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.office.access import desk_of
from mikrokraad.office.views import pathways_forms as forms
from mikrokraad.pathways import actions, queries
from mikrokraad.people.http import PersonRequest


@require_safe
@desk_of(*queries.DUTIES)
def curricula(request: PersonRequest) -> HttpResponse:
    found = queries.curricula_at(request.user)
    return render(request, "office/pathways_curricula.html", {"curricula": found})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(*queries.DUTIES)
def curriculum(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.curricula_at(request.user), pk=pk)
    courses, slots = queries.courses(), queries.slots_in(found)
    form = forms.AddEquivalence(
        request.POST or None,
        courses=courses,
        slots=slots,
        initial={"valid_from": clock.today()},
    )
    if form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            actions.add_equivalence(
                courses.get(pk=given["course"]),
                slots.get(pk=given["slot"]),
                rule=given["rule"],
                valid_from=given["valid_from"],
                by=request.user,
                at=clock.now(),
            )
            messages.success(request, _("The course counts there now."))
            return redirect("office:pathways_curriculum", pk=pk)
    known = queries.equivalences_at(request.user).filter(slot__in=slots)
    shown = {"curriculum": found, "equivalences": known, "form": form}
    return render(request, "office/pathways_curriculum.html", shown)


@require_POST
@desk_of(*queries.DUTIES)
def confirm_equivalence(request: PersonRequest, pk: int) -> HttpResponse:
    proposed = get_object_or_404(queries.equivalences_at(request.user), pk=pk)
    try:
        actions.confirm_equivalence(proposed, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The course counts there now."))
    return redirect("office:pathways_curriculum", pk=proposed.slot.module.curriculum_id)
