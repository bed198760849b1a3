"""Invoices, as their payers see them."""

from django.urls import path

from mikrokraad.fees import views

app_name = "fees"
urlpatterns = [
    path("my/invoices/", views.invoices, name="invoices"),
    path("my/invoices/<uuid:pk>/", views.invoice, name="invoice"),
    path("my/invoices/<uuid:pk>/invoice.pdf", views.document, name="document"),
    path("my/invoices/<uuid:pk>/pay/", views.pay_by_card, name="pay_by_card"),
    path("my/invoices/<uuid:pk>/paid/", views.card_return, name="card_return"),
]
