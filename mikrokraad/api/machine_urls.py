"""Addresses of the API: they have no language."""

from django.urls import path
from ninja import NinjaAPI

from mikrokraad.api.ooapi.service import unknown, v6
from mikrokraad.api.v1 import catalogue, credentials, places, problems

v1 = NinjaAPI(
    title="Mikrokraad",
    version="1.0.0",
    description=(
        "Micro-credential programmes of this university, and whether its certificates "
        "are in force: read only, without an account. The study system, with its token, "
        "says who is in a course section. Texts come in every language; "
        "money in cents of euro with VAT; days where the institution is."
    ),
    urls_namespace="api_v1",
    docs_url=None,
)
problems.answer_with_problems(v1)
v1.add_router("/programmes", catalogue.router)
v1.add_router("/credentials", credentials.router)
v1.add_router("/sections", places.router)

urlpatterns = [
    path("api/v1/", v1.urls),
    path("api/ooapi/v6/", v6.urls),
    path("api/ooapi/v6/<path:rest>", unknown),
]
