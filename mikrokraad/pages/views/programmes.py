"""The list of programmes, a programme's page, and the page of an older version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mikrokraad.catalogue import queries as catalogue
from mikrokraad.catalogue.queries import RunPage
from mikrokraad.core import clock
from mikrokraad.pages import heads, listing, shown
from mikrokraad.pages.arriving import arrivals_counted
from mikrokraad.pages.http import visitor
from mikrokraad.pages.keeping import kept_for_visitors
from mikrokraad.pages.saying import said_as_filters

# All but `places`, for which the places of every run there is are counted.
LIST = (
    *("q", "page", "semester", "open", "deadline", "start", "language", "mode"),
    *("evenings", "weekdays", "place", "free", "fee", "ects", "education", "kind"),
    "field",
)


@require_safe
@arrivals_counted
@kept_for_visitors(*LIST)
def programmes(request: HttpRequest) -> HttpResponse:
    address = said_as_filters(request.GET)
    if address:
        return redirect(address)
    context = listing.programmes_page(request.GET, at=clock.now())
    head = heads.of_list(context, request.GET)
    return render(request, "pages/programmes.html", {**context, **head})


@require_safe
@arrivals_counted
@kept_for_visitors("semester")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    context = shown.programme_page(
        _page(slug), request.GET, person=visitor(request), at=clock.now()
    )
    head = heads.of_programme(context, at=clock.now())
    return render(request, "pages/programme.html", {**context, **head})


@require_safe
@kept_for_visitors()
def programme_version(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """What one version says, for those who studied under it."""
    page = _page(slug)
    version = next((one for one in page.versions if one.number == number), None)
    if version is None:
        raise Http404
    context = {**shown.version_parts(version), "page": page}
    return render(request, "pages/programme_version.html", context)


def _page(slug: str) -> RunPage:
    page = catalogue.run_page(slug)
    if page is None:
        raise Http404
    return page
