"""Where the payment provider tells of payments."""

from django.urls import path

from mikrokraad.fees import views

app_name = "fees_machines"
urlpatterns = [
    path("payments/card/", views.card_notification, name="card_notification"),
]
