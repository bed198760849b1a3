"""What waits at the desk of programmes: reviews, comments, and what would not publish."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.desk import register, writing
from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person

DESK = Desk(_("Programmes"), "office:programmes", frozenset(DESK_DUTIES))


def waiting(person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- as every desk
    page = reverse("office:programmes")
    reviews = writing.reviews_waiting_for(person).count()
    wrong = register.wrong_at(person).count()
    found = [
        Queue(
            reviews,
            ngettext("version to review", "versions to review", reviews),
            f"{page}?show=review",
        ),
        Queue(
            wrong,
            ngettext(
                "thing would not publish today", "things would not publish today", wrong
            ),
            reverse("office:programmes_report"),
            urgent=True,
        ),
    ]
    return [queue for queue in found if queue.figure]
