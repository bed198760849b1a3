"""The outbox at the desk: what did not go out, why, and another try."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery
from mikrokraad.office.access import desk_of
from mikrokraad.people import letters
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.models import Duty

ROWS = 50


@require_safe
@desk_of(Duty.OFFICER)
def undelivered(request: PersonRequest) -> HttpResponse:
    """What a letter says is for its reader alone: only its subject is shown."""
    page = Paginator(outbox.undelivered(), ROWS).get_page(request.GET.get("page"))
    rows = [(each, each.state == Delivery.DEAD) for each in page.object_list]
    return render(
        request, "office/outbox_undelivered.html", {"page": page, "rows": rows}
    )


@require_POST
@desk_of(Duty.OFFICER)
def send_again(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(outbox.undelivered(), pk=pk)
    if letters.send_again(found, by=request.user, at=clock.now()):
        messages.success(request, _("It is tried again now."))
    else:
        messages.info(request, _("It is being tried already."))
    return redirect("office:outbox_undelivered")
