"""“Is it for you?”: the seven doors, and what is behind each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mikrokraad.core import clock
from mikrokraad.pages import career as careers
from mikrokraad.pages import doors as behind_doors
from mikrokraad.pages.keeping import kept_for_visitors


@require_safe
@kept_for_visitors()
def doors(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/doors.html", {"reasons": behind_doors.reasons()})


@require_safe
@kept_for_visitors("field", "ects", "fee", "evenings", "place")
def door(request: HttpRequest, key: str) -> HttpResponse:
    found = behind_doors.door(key)
    if found is None:
        raise Http404
    if behind_doors.leads_elsewhere(found):
        return redirect(behind_doors.address(found))
    asked = {name: str(value) for name, value in request.GET.items()}
    context = behind_doors.behind(found, asked, at=clock.now())
    return render(request, "pages/door.html", context)


@require_safe
@kept_for_visitors("from", "to")
def career(request: HttpRequest) -> HttpResponse:
    asked = {name: str(value) for name, value in request.GET.items()}
    context = careers.career_page(asked, at=clock.now())
    return render(request, "pages/career.html", context)


@require_safe
@kept_for_visitors("degree")
def towards_a_degree(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("degree", "")
    context = behind_doors.towards_degrees(chosen, at=clock.now())
    return render(request, "pages/towards_a_degree.html", context)
