"""Addresses without a language, for search engines and for whoever types none."""

from django.urls import path

from mikrokraad.pages.views import machines

app_name = "pages_machines"
urlpatterns = [
    path("", machines.start, name="start"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path(
        "elm/programmes.jsonld",
        machines.learning_opportunities,
        name="learning_opportunities",
    ),
    path(
        "elm/programmes/<slug:slug>.jsonld",
        machines.programme_opportunities,
        name="programme_opportunities",
    ),
]
