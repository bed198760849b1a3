"""The desk of pathways: what counts in which degree."""

from django.urls import path

from mikrokraad.office.views import pathways

urlpatterns = [
    path("office/pathways/", pathways.curricula, name="pathways_curricula"),
    path(
        "office/pathways/curricula/<int:pk>/",
        pathways.curriculum,
        name="pathways_curriculum",
    ),
    path(
        "office/pathways/equivalences/<int:pk>/confirm/",
        pathways.confirm_equivalence,
        name="pathways_confirm_equivalence",
    ),
]
