"""The admissions desk."""

from django.urls import path

from mikrokraad.office.views import (
    admissions,
    admissions_conditions,
    admissions_decisions,
    admissions_deferring,
    admissions_entering,
    admissions_groups,
    admissions_ordering,
    admissions_sharing,
    admissions_undoing,
)

_case = "office/admissions/<uuid:pk>/"
_run = "office/admissions/runs/<uuid:pk>/"
urlpatterns = [
    path("office/admissions/", admissions.admissions_queue, name="admissions_queue"),
    path("office/admissions/runs/", admissions.admissions_runs, name="admissions_runs"),
    path(_run, admissions.admissions_run, name="admissions_run"),
    path(
        f"{_run}release/",
        admissions_decisions.admissions_release,
        name="admissions_release",
    ),
    path(
        f"{_run}order/",
        admissions_ordering.admissions_order,
        name="admissions_order",
    ),
    path(
        f"{_run}criteria/",
        admissions_ordering.admissions_criteria,
        name="admissions_criteria",
    ),
    path(
        f"{_run}announce-lottery/",
        admissions_ordering.admissions_announce_lottery,
        name="admissions_announce_lottery",
    ),
    path(
        f"{_run}draw-lots/",
        admissions_ordering.admissions_draw_lots,
        name="admissions_draw_lots",
    ),
    path(
        f"{_run}offer-everyone/",
        admissions_ordering.admissions_offer_everyone,
        name="admissions_offer_everyone",
    ),
    path(
        f"{_case}score/",
        admissions_ordering.admissions_score,
        name="admissions_score",
    ),
    path(
        "office/admissions/groups/",
        admissions_groups.admissions_groups,
        name="admissions_groups",
    ),
    path(
        f"{_run}group/",
        admissions_groups.admissions_group,
        name="admissions_group",
    ),
    path(
        f"{_run}enter/",
        admissions_entering.admissions_enter_for,
        name="admissions_enter_for",
    ),
    path(
        f"{_run}go/",
        admissions_groups.admissions_go,
        name="admissions_go",
    ),
    path(
        f"{_run}ask-call-off/",
        admissions_groups.admissions_ask_call_off,
        name="admissions_ask_call_off",
    ),
    path(
        f"{_run}call-off/",
        admissions_groups.admissions_call_off,
        name="admissions_call_off",
    ),
    path(
        "office/admissions/many/",
        admissions_sharing.admissions_many,
        name="admissions_many",
    ),
    path(f"{_case}note/", admissions_sharing.admissions_note, name="admissions_note"),
    path(_case, admissions.admissions_application, name="admissions_application"),
    path(
        f"{_case}open/",
        admissions_decisions.admissions_open_review,
        name="admissions_open_review",
    ),
    path(f"{_case}ask/", admissions_decisions.admissions_ask, name="admissions_ask"),
    path(
        f"{_case}offer/", admissions_decisions.admissions_offer, name="admissions_offer"
    ),
    path(
        f"{_case}reject/",
        admissions_decisions.admissions_reject,
        name="admissions_reject",
    ),
    path(
        f"{_case}unstage/",
        admissions_decisions.admissions_unstage,
        name="admissions_unstage",
    ),
    path(
        f"{_case}reverse/",
        admissions_undoing.admissions_reverse,
        name="admissions_reverse",
    ),
    path(
        "office/admissions/conditions/<uuid:pk>/met/",
        admissions_conditions.admissions_meet_condition,
        name="admissions_meet_condition",
    ),
    path(
        f"{_case}end-unmet/",
        admissions_conditions.admissions_end_unmet,
        name="admissions_end_unmet",
    ),
    path(
        f"{_case}take-back/",
        admissions_undoing.admissions_withdraw_by_school,
        name="admissions_withdraw_by_school",
    ),
    path(
        "office/admissions/later/",
        admissions_deferring.admissions_deferrals,
        name="admissions_deferrals",
    ),
    path(
        f"{_case}defer/",
        admissions_deferring.admissions_defer,
        name="admissions_defer",
    ),
    path(
        f"{_case}keep/",
        admissions_deferring.admissions_keep_in_this_run,
        name="admissions_keep_in_this_run",
    ),
    path(f"{_case}letter/", admissions.admissions_letter, name="admissions_letter"),
    path(
        f"{_case}acceptance.pdf",
        admissions.admissions_acceptance,
        name="admissions_acceptance",
    ),
    path(
        "office/admissions/evidence/<uuid:pk>/",
        admissions.admissions_evidence,
        name="admissions_evidence",
    ),
    path(
        "office/admissions/evidence/<uuid:pk>/preview.jpg",
        admissions.admissions_evidence_preview,
        name="admissions_evidence_preview",
    ),
]
