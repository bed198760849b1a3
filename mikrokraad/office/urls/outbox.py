"""Letters and notices that did not go out."""

from django.urls import path

from mikrokraad.office.views import outbox

urlpatterns = [
    path("office/outbox/", outbox.undelivered, name="outbox_undelivered"),
    path(
        "office/outbox/<int:pk>/send-again/",
        outbox.send_again,
        name="outbox_send_again",
    ),
]
