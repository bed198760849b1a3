"""The desk of studies: sections and results for lecturers, runs for programme managers."""

from django.urls import path

from mikrokraad.office.views import studies

urlpatterns = [
    path("office/studies/sections/", studies.sections, name="studies_sections"),
    path("office/studies/sections/<uuid:pk>/", studies.section, name="studies_section"),
    path(
        "office/studies/sections/<uuid:pk>/confirm/",
        studies.confirm_results,
        name="studies_confirm_results",
    ),
    path(
        "office/studies/places/<uuid:pk>/correct/",
        studies.correct_result,
        name="studies_correct_result",
    ),
    path("office/studies/runs/", studies.runs, name="studies_runs"),
    path("office/studies/runs/<uuid:pk>/", studies.run, name="studies_run"),
    path(
        "office/studies/enrolments/<uuid:pk>/interrupt/",
        studies.interrupt,
        name="studies_interrupt",
    ),
]
