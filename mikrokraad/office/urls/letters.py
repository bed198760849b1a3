"""Letters as staff may reword them."""

from django.urls import path

from mikrokraad.office.views import letters

_one = "office/letters/<slug:room>/<slug:letter>/"
urlpatterns = [
    path("office/letters/", letters.letters_list, name="letters_list"),
    path(_one, letters.letters_reword, name="letters_reword"),
    path(f"{_one}standing/", letters.letters_restore, name="letters_restore"),
]
