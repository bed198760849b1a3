"""Addresses that have no language: the calendar feed."""

from django.urls import path

from mikrokraad.studies import views

app_name = "studies_machines"
urlpatterns = [path("calendar/<text:token>.ics", views.calendar, name="calendar")]
