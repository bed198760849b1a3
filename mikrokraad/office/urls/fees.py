"""The finance desk: invoices, bank statements, payments without an invoice."""

from django.urls import path

from mikrokraad.office.views import fees

urlpatterns = [
    path("office/fees/", fees.invoices, name="fees_invoices"),
    path("office/fees/invoices/<uuid:pk>/", fees.invoice, name="fees_invoice"),
    path(
        "office/fees/invoices/<uuid:pk>/invoice.pdf",
        fees.document,
        name="fees_document",
    ),
    path("office/fees/endings/", fees.endings, name="fees_endings"),
    path("office/fees/endings/<int:pk>/", fees.ending, name="fees_ending"),
    path("office/fees/statement/", fees.statement, name="fees_statement"),
    path("office/fees/unmatched/", fees.unmatched, name="fees_unmatched"),
    path("office/fees/unmatched/<int:pk>/match/", fees.match, name="fees_match"),
]
