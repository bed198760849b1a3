"""Pages of the design system."""

from django.urls import path

from mikrokraad.core import views

app_name = "core"
urlpatterns = [path("components/", views.components, name="components")]
