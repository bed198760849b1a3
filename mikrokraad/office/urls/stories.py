"""Stories of people who did a programme."""

from django.urls import path

from mikrokraad.office.views import stories

_one = "office/stories/<slug:slug>/"
urlpatterns = [
    path("office/stories/", stories.stories_list, name="stories_list"),
    path("office/stories/new/story/", stories.stories_new, name="stories_new"),
    path(_one, stories.stories_change, name="stories_change"),
    path(f"{_one}publish/", stories.stories_publish, name="stories_publish"),
    path(f"{_one}withdraw/", stories.stories_withdraw, name="stories_withdraw"),
    path(f"{_one}picture.jpg", stories.stories_picture, name="stories_picture"),
]
