"""Questions to contact persons."""

from django.urls import path

from mikrokraad.office.views import enquiries

urlpatterns = [
    path("office/enquiries/", enquiries.enquiries_queue, name="enquiries_queue"),
    path(
        "office/enquiries/<uuid:pk>/",
        enquiries.enquiries_enquiry,
        name="enquiries_enquiry",
    ),
]
