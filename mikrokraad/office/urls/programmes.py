"""Programmes at the desk: writing, reviewing, running, and the national register."""

from django.urls import path

from mikrokraad.office.views import (
    programmes,
    programmes_editor,
    programmes_register,
    programmes_review,
    programmes_runs,
)

urlpatterns = [
    path("office/programmes/", programmes.programmes, name="programmes"),
    path("office/programmes/new/", programmes.new, name="programmes_new"),
    path("office/programmes/report/", programmes.report, name="programmes_report"),
    path(
        "office/programmes/register/",
        programmes_register.programmes_register,
        name="programmes_register",
    ),
    path(
        "office/programmes/register/ours.json",
        programmes_register.programmes_export,
        name="programmes_export",
    ),
    path("office/programmes/<uuid:pk>/", programmes.version, name="programmes_version"),
    path(
        "office/programmes/<uuid:pk>/new-version/",
        programmes.new_version,
        name="programmes_new_version",
    ),
    path(
        "office/programmes/<uuid:pk>/changes/",
        programmes.changes,
        name="programmes_changes",
    ),
    path(
        "office/programmes/<uuid:pk>/retire/",
        programmes.retire,
        name="programmes_retire",
    ),
    path(
        "office/programmes/<uuid:pk>/edit/<slug:section>/",
        programmes_editor.programmes_section,
        name="programmes_section",
    ),
    path(
        "office/programmes/<uuid:pk>/review/",
        programmes_review.programmes_review,
        name="programmes_review",
    ),
    path(
        "office/programmes/<uuid:pk>/review/ask/",
        programmes_review.programmes_submit,
        name="programmes_submit",
    ),
    path(
        "office/programmes/<uuid:pk>/review/send-back/",
        programmes_review.programmes_send_back,
        name="programmes_send_back",
    ),
    path(
        "office/programmes/<uuid:pk>/review/approve/",
        programmes_review.programmes_approve,
        name="programmes_approve",
    ),
    path(
        "office/programmes/<uuid:pk>/review/comment/",
        programmes_review.programmes_comment,
        name="programmes_comment",
    ),
    path(
        "office/programmes/comments/<int:pk>/resolve/",
        programmes_review.programmes_resolve,
        name="programmes_resolve",
    ),
    path(
        "office/programmes/<uuid:pk>/runs/",
        programmes_runs.programmes_runs,
        name="programmes_runs",
    ),
    path(
        "office/programmes/runs/<uuid:pk>/",
        programmes_runs.programmes_run,
        name="programmes_run",
    ),
    path(
        "office/programmes/runs/<uuid:pk>/again/",
        programmes_runs.programmes_roll_over,
        name="programmes_roll_over",
    ),
    path(
        "office/programmes/plans/<uuid:pk>/",
        programmes_runs.programmes_plan,
        name="programmes_plan",
    ),
    path(
        "office/programmes/plans/<uuid:pk>/publish/",
        programmes_runs.programmes_publish,
        name="programmes_publish",
    ),
    path(
        "office/programmes/plans/<uuid:pk>/drop/",
        programmes_runs.programmes_drop,
        name="programmes_drop",
    ),
    path(
        "office/programmes/<uuid:pk>/register/",
        programmes_register.programmes_compared,
        name="programmes_compared",
    ),
]
