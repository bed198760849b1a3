"""The first page of the desk: what waits for me."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mikrokraad.core import clock
from mikrokraad.office.access import desk_of
from mikrokraad.office.queues import rooms_of
from mikrokraad.people.http import PersonRequest
from mikrokraad.people.roles import DESK_DUTIES, duties_of, duty_in_words


@require_safe
@desk_of(*DESK_DUTIES)
def desk(request: PersonRequest) -> HttpResponse:
    rooms = rooms_of(request.user, at=clock.now())
    return render(
        request,
        "office/desk.html",
        {
            "rooms": rooms,
            "busy": [room for room in rooms if room.waiting],
            "quiet": [room for room in rooms if not room.waiting],
            "duties": [duty_in_words(duty) for duty in sorted(duties_of(request.user))],
        },
    )
