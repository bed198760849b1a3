"""The address without a language, and what search engines and readers ask for."""

import json
from hashlib import sha256

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from mikrokraad.catalogue.models import ProgrammeVersion
from mikrokraad.catalogue.published import newest_versions_by_name
from mikrokraad.catalogue.queries import run_page
from mikrokraad.core import clock
from mikrokraad.pages import elm, feeds, share_cards
from mikrokraad.pages import sitemap as maps

PROGRAMMES = 100  # on one page of learning opportunities


@require_safe
def start(_request: HttpRequest) -> HttpResponse:
    """The first page in the language that somebody prefers."""
    answer = redirect("pages:home")
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    count = maps.parts()
    content = maps.part(1) if count == 1 else maps.index(count)
    return HttpResponse(content, content_type="application/xml")


@require_safe
def sitemap_part(_request: HttpRequest, number: int) -> HttpResponse:
    if not 1 <= number <= maps.parts():
        raise Http404
    return HttpResponse(maps.part(number), content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/robots.txt",
        {"root": settings.PUBLIC_URL, "demonstration": settings.DEMO},
        content_type="text/plain",
    )


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    content = feeds.newly_open(feeds.wishes(request.GET), at=clock.now())
    return _fresh(request, content, "application/atom+xml; charset=utf-8")


@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    content = feeds.dates(feeds.wishes(request.GET), at=clock.now())
    answer = _fresh(request, content, "text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="mikrokraad.ics"'
    return answer


@require_safe
def learning_opportunities(request: HttpRequest) -> HttpResponse:
    """Every programme, in the words of the European Learning Model; a hundred a page."""
    pages = Paginator(newest_versions_by_name(), PROGRAMMES)
    page = pages.get_page(request.GET.get("page"))
    answer = _linked(request, list(page.object_list))
    if page.has_next():
        here = f"{settings.PUBLIC_URL}{request.path}?page={page.next_page_number()}"
        answer["Link"] = f'<{here}>; rel="next"'
    return answer


@require_safe
def programme_opportunities(request: HttpRequest, slug: str) -> HttpResponse:
    found = newest_versions_by_name().filter(programme__slug=slug).first()
    if found is None:
        raise Http404
    return _linked(request, [found])


def _linked(request: HttpRequest, versions: list[ProgrammeVersion]) -> HttpResponse:
    told = json.dumps(elm.document(versions, at=clock.now()), ensure_ascii=False)
    return _fresh(request, told.encode(), "application/ld+json")


@require_safe
def programme_card(request: HttpRequest, slug: str) -> HttpResponse:
    page = run_page(slug)
    if page is None:
        raise Http404
    facts = share_cards.programme_facts(page, at=clock.now())
    return _fresh(request, share_cards.picture(facts), "image/png")


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    picture = share_cards.picture(share_cards.site_facts())
    return _fresh(request, picture, "image/png")


def _fresh(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """An answer that may be kept, if it is asked each time whether it is still true."""
    etag = f'"{sha256(content).hexdigest()[:20]}"'
    answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=etag, response=answer) or answer
