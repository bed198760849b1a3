"""Words that mean the same to somebody who searches."""

from django.urls import path

from mikrokraad.office.views import search_words

urlpatterns = [
    path("office/search-words/", search_words.synonyms, name="search_words_synonyms"),
    path("office/search-words/new/", search_words.add, name="search_words_add"),
    path(
        "office/search-words/<int:pk>/", search_words.change, name="search_words_change"
    ),
    path(
        "office/search-words/<int:pk>/remove/",
        search_words.remove,
        name="search_words_remove",
    ),
]
