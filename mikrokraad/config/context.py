"""What every page knows: whose site it is, in which languages, who is here."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from mikrokraad.pages.navigation import FOR_OTHERS, frame

TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id"
)


def without_tracking(request: HttpRequest) -> str:
    """This address as its page's links say it: nobody is followed from page to page."""
    path = request.get_full_path().partition("?")[0]
    kept = request.GET.copy()
    for name in [one for one in kept if TRACKING.fullmatch(one)]:
        del kept[name]
    query = kept.urlencode()
    return f"{path}?{query}" if query else path


def site(request: HttpRequest) -> dict[str, Any]:
    """The institution, languages of this page, navigation and account links."""
    path = without_tracking(request)
    languages = {
        code: (code, name, translate_url(path, code))
        for code, name in settings.LANGUAGES
    }
    here = languages.get(get_language() or "", ("", "", path))
    for_others = languages.get(FOR_OTHERS, here)
    return {
        **frame(request),
        "demonstration": settings.DEMO,
        "theme": settings.THEME,
        "public_url": settings.PUBLIC_URL,
        "languages": list(languages.values()),
        "canonical": f"{settings.PUBLIC_URL}{here[2]}",
        "default_address": for_others[2],
        "language": get_language(),
    }
