"""Pages that exist only in the demonstration."""

from django.urls import path

from mikrokraad.demo import views
from mikrokraad.demo.bank import urls as bank
from mikrokraad.demo.card import urls as card

app_name = "demo"
urlpatterns = [
    path("demo/", views.personas, name="personas"),
    path("demo/sign-in/<slug:key>/", views.sign_in_as, name="sign_in_as"),
    path("demo/mailbox/", views.mailbox, name="mailbox"),
    path("demo/mailbox/<int:pk>/", views.mail, name="mail"),
    path("demo/clock/", views.clock_page, name="clock_page"),
    path("demo/clock/move/<int:days>/", views.move_clock, name="move_clock"),
    *bank.urlpatterns,
    *card.urlpatterns,
]
