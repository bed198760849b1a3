"""What people read about places and the waiting list, from what is stored of them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.texts import said
from mikrokraad.seats.alternatives import WithRoom
from mikrokraad.seats.models import PassedOver
from mikrokraad.seats.rules import NO_APPLICATION


def passed_over_text(passed: PassedOver) -> str:
    """Why a group had to wait when somebody behind it was offered a place."""
    return _(
        "{day}: free places {free}, needed by the group {needed}. What was free went "
        "to the next who fitted in."
    ).format(day=day_text(day_of(passed.at)), needed=passed.needed, free=passed.free)


def skipped_text(reason: str) -> str:
    """Why somebody was taken out of the list; older reasons are whole sentences."""
    if reason == NO_APPLICATION:
        return _("There was no application that waited for a place any more.")
    return reason


def instead_text(options: Iterable[WithRoom]) -> str:
    """“There is still room in Databases (12) and Statistics (3).”, or nothing."""
    names = [f"{said(each.section.course.title)} ({each.left})" for each in options]
    if not names:
        return ""
    return _("There is still room in: {courses}.").format(courses=", ".join(names))
