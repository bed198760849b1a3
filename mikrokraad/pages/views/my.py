"""The start of somebody who has signed in."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.pages.mine import my_start
from mikrokraad.people.models import Person


@require_safe
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    person = cast(Person, request.user)
    return render(request, "pages/my_page.html", my_start(person))
