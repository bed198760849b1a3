"""The simulated provider's page."""

from django.urls import path

from mikrokraad.demo.card import views

urlpatterns = [
    path("demo/card/", views.card_orders, name="card_orders"),
    path("demo/card/<text:pk>/", views.card_order, name="card_order"),
    path(
        "demo/card/<text:pk>/finish/", views.finish_card_order, name="finish_card_order"
    ),
]
