"""Addresses that have no language: status pages, links, keys and status lists."""

from django.urls import path

from mikrokraad.credentials.views import machines

app_name = "credentials_machines"
urlpatterns = [
    path("c/<text:number>/", machines.status_page, name="status_page"),
    path("s/<text:token>/", machines.shared_page, name="shared_page"),
    path(
        "s/<text:token>/certificate.pdf",
        machines.shared_pdf,
        name="shared_pdf",
    ),
    path("s/<text:token>/openbadge.json", machines.shared_json, name="shared_json"),
    path(".well-known/did.json", machines.did_document, name="did_document"),
    path("status/<int:number>", machines.status_list, name="status_list"),
]
