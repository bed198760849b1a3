"""The learner's page: which degree their credits count in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mikrokraad.pathways import queries
from mikrokraad.people.http import PersonRequest


@require_safe
@login_required
@never_cache
def my_degrees(request: PersonRequest) -> HttpResponse:
    degrees = queries.degrees_for(request.user)
    return render(request, "pathways/my_degrees.html", {"degrees": degrees})
