"""Addresses of the demonstration that programs call."""

from django.urls import path

from mikrokraad.demo.card import views

app_name = "demo_machines"
urlpatterns = [
    path("demo/card/orders", views.take_card_order, name="take_card_order"),
]
