"""Addresses without a language: the stylesheet, and how the service is."""

from django.urls import path

from mikrokraad.core import health, views

app_name = "core_machines"
urlpatterns = [
    path("ui/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
