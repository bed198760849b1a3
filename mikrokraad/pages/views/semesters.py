"""The printable list of a semester."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.queries import intake_of
from mikrokraad.core import clock
from mikrokraad.pages import semester_list as listed
from mikrokraad.pages.keeping import kept_for_visitors


@require_safe
@kept_for_visitors("language", "page")
def semester_list(request: HttpRequest, term: str) -> HttpResponse:
    intake = intake_of(term)
    if intake is None:
        raise Http404
    context = listed.semester_list(
        intake,
        language=request.GET.get("language", ""),
        page=request.GET.get("page"),
        at=clock.now(),
    )
    return render(request, "pages/semester_list.html", context)
