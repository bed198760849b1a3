"""What every page knows: whose site it is, in which languages, who is here."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from mikrokraad.pages.navigation import frame


def site(request: HttpRequest) -> dict[str, Any]:
    """The institution, languages of this page, navigation and account links."""
    path = request.get_full_path()
    return {
        **frame(request),
        "demonstration": settings.DEMO,
        "theme": settings.THEME,
        "public_url": settings.PUBLIC_URL,
        "languages": [
            (code, name, translate_url(path, code)) for code, name in settings.LANGUAGES
        ],
        "language": get_language(),
    }
