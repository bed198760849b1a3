"""The simulated bank's page."""

from django.urls import path

from mikrokraad.demo.bank import views

urlpatterns = [
    path("demo/bank/", views.bank, name="bank"),
    path("demo/bank/statement.xml", views.bank_statement, name="bank_statement"),
]
