"""Pages of studies, in each language."""

from django.urls import path

from mikrokraad.studies import views

app_name = "studies"
urlpatterns = [
    path("my/studies/", views.my_studies, name="my_studies"),
    path("my/studies/<uuid:pk>/", views.study, name="study"),
    path("my/studies/<uuid:pk>/courses/", views.choose_courses, name="choose_courses"),
]
