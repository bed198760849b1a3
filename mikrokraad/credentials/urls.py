"""Pages of certificates, in each language."""

from django.urls import path

from mikrokraad.credentials.views import mine, verifying

app_name = "credentials"
urlpatterns = [
    path("verify/", verifying.verify, name="verify"),
    path("my/certificates/", mine.my_certificates, name="my_certificates"),
    path("my/certificates/<text:number>/", mine.certificate, name="certificate"),
    path(
        "my/certificates/<text:number>/certificate.pdf",
        mine.certificate_pdf,
        name="certificate_pdf",
    ),
    path(
        "my/certificates/<text:number>/openbadge.json",
        mine.certificate_json,
        name="certificate_json",
    ),
    path(
        "my/certificates/<text:number>/certificate.png",
        mine.certificate_picture,
        name="certificate_picture",
    ),
    path("my/links/<int:pk>/take-back/", mine.take_back, name="take_back"),
]
