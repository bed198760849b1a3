"""The desk's addresses: its first page, and those of every room that has a desk."""

from django.urls import URLPattern, URLResolver, path

from mikrokraad.office.rooms import parts
from mikrokraad.office.views import desk

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("office/", desk.desk, name="desk"),
    *[url for room in parts("urls") for url in room.urlpatterns],
]
