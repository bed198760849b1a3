"""Every address, one include per room."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, register_converter

from mikrokraad.core.addresses import OneLine

register_converter(OneLine, "text")

ROOMS = [
    "core",
    "people",
    "admissions",
    "fees",
    "studies",
    "credentials",
    "pathways",
    "office",
    "pages",
]
if settings.DEMO:
    ROOMS.insert(0, "demo")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"mikrokraad.{room}.machine_urls"))
    for room in [*ROOMS, "api", "integrations"]
    if find_spec(f"mikrokraad.{room}.machine_urls")
]
urlpatterns += i18n_patterns(
    path("account/", include("mikrokraad.people.account_urls")),
    *[
        path("", include(f"mikrokraad.{room}.urls"))
        for room in ROOMS
        if find_spec(f"mikrokraad.{room}.urls")
    ],
)
