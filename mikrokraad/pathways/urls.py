"""Pages of pathways, in each language."""

from django.urls import path

from mikrokraad.pathways import views

app_name = "pathways"
urlpatterns = [path("my/degrees/", views.my_degrees, name="my_degrees")]
