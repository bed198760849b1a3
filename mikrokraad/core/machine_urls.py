"""Addresses without a language: the stylesheet."""

from django.urls import path

from mikrokraad.core import views

app_name = "ui"
urlpatterns = [path("ui/<slug:digest>.css", views.stylesheet, name="stylesheet")]
