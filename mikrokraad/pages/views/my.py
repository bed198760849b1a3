"""The start of somebody who has signed in."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.catalogue.alerts import actions, queries
from mikrokraad.core import clock
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


@require_POST
@login_required
def stop_my_alert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Letters about one thing end at once; pressed twice, they have ended too."""
    found = queries.alert_to_stop(cast(Person, request.user), pk)
    if found is None:
        raise Http404
    actions.stop(found, at=clock.now())
    messages.success(request, _("We do not write to you about this any more."))
    return redirect("pages:my_page")
