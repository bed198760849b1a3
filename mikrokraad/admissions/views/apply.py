"""Before applying: what it asks, what it costs, by when. Readable without an account."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from mikrokraad.admissions import actions, dossier, forms, queries
from mikrokraad.admissions.views import shown
from mikrokraad.catalogue.queries import published_runs
from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, run: UUID) -> HttpResponse:
    wanted = get_object_or_404(published_runs(), pk=run)
    tried = queries.tried_for(wanted, request.GET)
    form = forms.Confirmed(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), resolve_url("people:sign_in"))
    if request.user.is_authenticated:
        begun = queries.live_application(wanted, request.user)
        if begun:
            return redirect(begun)
        if form.is_valid():
            with refusals_on(form):
                begun = actions.start_application(
                    wanted, by=request.user, at=clock.now(), tried=tried
                )
                return redirect(dossier.next_href(begun))
    context = {
        **shown.before_applying(wanted, at=clock.now()),
        "form": form,
        "carried": tried.is_anything,
    }
    return render(request, "admissions/apply.html", context)
