"""Stories that are written and not shown."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.queries import DESK_DUTIES
from mikrokraad.catalogue.stories.queries import stories_at
from mikrokraad.office.queues import Desk, Queue
from mikrokraad.people.models import Person

DESK = Desk(_("Stories"), "office:stories_list", frozenset(DESK_DUTIES))


def waiting(person: Person, *, at: datetime) -> list[Queue]:  # noqa: ARG001 -- a story is never late
    count = stories_at(person).filter(published_at=None).count()
    label = ngettext("story not shown yet", "stories not shown yet", count)
    return [Queue(count, label, reverse(DESK.url_name))] if count else []
