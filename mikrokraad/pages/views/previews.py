"""A draft's public page before anybody sees it, by the template that everybody will see."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.desk import whose
from mikrokraad.catalogue.queries import RunPage, run_page
from mikrokraad.core import clock
from mikrokraad.pages import shown
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.middleware import is_strong


@require_safe
@login_required
def preview(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One version as a visitor would see it, with the runs that are held already."""
    version = whose.version_at(request.user, pk)
    if version is None:
        raise Http404
    if not is_strong(request):
        return redirect("people:second_factor")
    published = run_page(version.programme.slug)
    runs = published.runs if published else []
    page = RunPage(version.programme, [version], runs)
    context = shown.programme_page(page, request.GET, person=None, at=clock.now())
    return render(request, "pages/programme_preview.html", context)
