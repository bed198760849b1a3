"""Where visitors come from."""

from django.urls import path

from mikrokraad.office.views import arrivals

urlpatterns = [
    path("office/arrivals/", arrivals.sources, name="arrivals_sources"),
]
