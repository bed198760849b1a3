"""The address without a language, and what search engines ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mikrokraad.pages.told import addresses


@require_safe
def start(_request: HttpRequest) -> HttpResponse:
    """The first page in the language that somebody prefers."""
    answer = redirect("pages:home")
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/sitemap.xml",
        {"addresses": addresses(), "root": settings.PUBLIC_URL},
        content_type="application/xml",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/robots.txt",
        {"root": settings.PUBLIC_URL, "demonstration": settings.DEMO},
        content_type="text/plain",
    )
