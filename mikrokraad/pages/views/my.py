"""The start of somebody who has signed in."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.pages.employing import our_people as people_paid_for
from mikrokraad.pages.mine import my_start
from mikrokraad.people.models import Person


@require_safe
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)
    return render(request, "pages/my_page.html", my_start(person))


@require_safe
@login_required
def our_people(request: HttpRequest) -> HttpResponse:
    """Whose studies an employer pays for, and how far those are who agree to show it."""
    person = cast(Person, request.user)
    return render(request, "pages/our_people.html", {"rows": people_paid_for(person)})
