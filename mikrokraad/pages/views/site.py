"""Pages that say what this is: the first page, stories, how it works, promises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.queries import stories as shown_stories
from mikrokraad.core import clock
from mikrokraad.pages import doors, heads, listing, told
from mikrokraad.pages.arriving import arrivals_counted
from mikrokraad.pages.keeping import kept_for_visitors
from mikrokraad.pages.summer import summer_page


@require_safe
@arrivals_counted
@kept_for_visitors()
def home(request: HttpRequest) -> HttpResponse:
    cards, count = listing.open_now(most=6, at=clock.now())
    context = {
        **heads.of_home(),
        "cards": cards,
        "count": count,
        "reasons": doors.reasons(),
        "stories": told.stories(shown_stories()[:2]),
        "moments": told.way(),
    }
    return render(request, "pages/home.html", context)


@require_safe
@kept_for_visitors()
def stories(request: HttpRequest) -> HttpResponse:
    return render(
        request, "pages/stories.html", {"stories": told.stories(shown_stories())}
    )


@require_safe
@arrivals_counted
@kept_for_visitors()
def summer_school(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/summer_school.html", summer_page(at=clock.now()))


@require_safe
@kept_for_visitors()
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "reasons": doors.reasons(),
        "moments": told.way(),
        "questions": told.questions(),
    }
    return render(request, "pages/about.html", context)


@require_safe
@kept_for_visitors()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", told.whom_to_write_to())


@require_safe
@kept_for_visitors()
def privacy(request: HttpRequest) -> HttpResponse:
    context = {**told.whom_to_write_to(), "kept": told.kept()}
    return render(request, "pages/privacy.html", context)
