"""The desk of certificates: to issue, to look up, to replace, to revoke with two people."""

from django.urls import path

from mikrokraad.office.views import credentials

urlpatterns = [
    path("office/credentials/", credentials.cohorts, name="credentials_cohorts"),
    path(
        "office/credentials/cohorts/<uuid:pk>/",
        credentials.cohort,
        name="credentials_cohort",
    ),
    path(
        "office/credentials/cohorts/<uuid:pk>/issue/",
        credentials.issue_cohort,
        name="credentials_issue_cohort",
    ),
    path(
        "office/credentials/completions/<uuid:pk>/issue/",
        credentials.issue,
        name="credentials_issue",
    ),
    path(
        "office/credentials/completions/<uuid:pk>/confirm-identity/",
        credentials.confirm_identity,
        name="credentials_confirm_identity",
    ),
    path(
        "office/credentials/register/",
        credentials.register,
        name="credentials_register",
    ),
    path(
        "office/credentials/register/<text:number>/",
        credentials.credential,
        name="credentials_credential",
    ),
    path(
        "office/credentials/register/<text:number>/certificate.pdf",
        credentials.document,
        name="credentials_document",
    ),
    path(
        "office/credentials/register/<text:number>/reissue/",
        credentials.reissue,
        name="credentials_reissue",
    ),
    path(
        "office/credentials/register/<text:number>/ask-revocation/",
        credentials.ask_revocation,
        name="credentials_ask_revocation",
    ),
    path(
        "office/credentials/revocations/",
        credentials.revocations,
        name="credentials_revocations",
    ),
    path(
        "office/credentials/revocations/<int:pk>/approve/",
        credentials.approve_revocation,
        name="credentials_approve_revocation",
    ),
]
