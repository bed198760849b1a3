"""The desk of places: how many there are, who has them, for whom some are kept."""

from django.urls import path

from mikrokraad.office.views import places

_run = "office/places/<uuid:pk>/"
_thing = f"{_run}<uuid:thing>/"
urlpatterns = [
    path("office/places/", places.places_runs, name="places_runs"),
    path(_run, places.places_run, name="places_run"),
    path(f"{_thing}size/", places.places_size, name="places_size"),
    path(f"{_thing}keep/<slug:key>/", places.places_keep, name="places_keep"),
]
