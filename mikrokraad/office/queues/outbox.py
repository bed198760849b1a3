"""What did not go out."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrokraad.core import outbox
from mikrokraad.core.models import Delivery
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Duty, Person

DESK = Desk(_("Letters"), "office:outbox_undelivered", frozenset({Duty.OFFICER}))


def waiting(_person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- whatever is dead is late
    """Letters that were tried often enough and have been given up."""
    dead = outbox.undelivered().filter(state=Delivery.DEAD).count()
    label, href = gettext("letters that did not go out"), reverse(DESK.url_name)
    return [Queue(dead, label, href, urgent=True)] if dead else []
