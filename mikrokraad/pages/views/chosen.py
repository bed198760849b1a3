"""What a visitor keeps for later, and programmes side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mikrokraad.core import clock
from mikrokraad.pages import compare as comparing
from mikrokraad.pages import shortlist as keeping


@require_safe
@never_cache
def shortlist(request: HttpRequest) -> HttpResponse:
    """The kept programmes. `?add=…` and `?remove=…` change the visitor's own cookie.

    They are asked for by GET so that kept pages need no token: nothing here changes.
    """
    kept = keeping.kept_in(request.COOKIES)
    if not keeping.asks_for_change(request):
        context = keeping.shortlist_page(kept, at=clock.now())
        context["full"] = "full" in request.GET
        return render(request, "pages/shortlist.html", context)
    full = "?full=yes" if keeping.is_full(kept, request.GET) else ""
    answer = redirect(reverse("pages:shortlist") + full)
    return keeping.keep(answer, keeping.changed(kept, request.GET))


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    asked = request.GET.getlist("p")
    context = comparing.compare_page(asked, request.GET, at=clock.now())
    return render(request, "pages/compare.html", context)
