"""Waiting together: a group of people on the same list, and the link by which they find it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mikrokraad.admissions import forms, queries
from mikrokraad.admissions.views.waits import join_page
from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on
from mikrokraad.people.http import PersonRequest
from mikrokraad.seats import actions


@require_POST
@login_required
def come_together(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Make a group; its page has the link for the others. Pressed twice, it is one."""
    mine = get_object_or_404(queries.applications_of(request.user), pk=pk)
    try:
        actions.make_group(mine.run, request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(mine)


@require_POST
@login_required
def leave_group(request: PersonRequest, pk: UUID) -> HttpResponse:
    mine = get_object_or_404(queries.applications_of(request.user), pk=pk)
    actions.leave_group(mine.run, request.user, at=clock.now())
    messages.success(request, _("You wait on your own again, at your own place."))
    return redirect(mine)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join_group(request: PersonRequest) -> HttpResponse:
    """The page of a group's link: who comes with you, and what it means."""
    shown = join_page(request.GET.get("g", ""))
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if shown["group"] and form.is_valid():
        with refusals_on(form):
            actions.join_group(shown["group"], request.user, at=clock.now())
            messages.success(request, _("You wait together now."))
            mine = queries.live_application(shown["run"], request.user)
            return redirect(mine or "pages:my_page")
    return render(request, "admissions/join_group.html", {**shown, "form": form})
