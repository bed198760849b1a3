"""How many places are left, and why no more: in the words of a programme's page."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.models import Run
from mikrokraad.core.texts import said
from mikrokraad.seats.queries import Places, left_in_sections


def places_told(run: Run, places: Places, *, at: datetime) -> str:
    """“3 of 30 left, because the course Machine Learning is nearly full”."""
    if not places.size:
        return ""
    course = _bottleneck(run, places, at=at)
    told = _left(places, course)
    if places.left or not places.waiting:
        return told
    return ngettext(
        "{places}, {waiting} person waits",
        "{places}, {waiting} people wait",
        places.waiting,
    ).format(places=told, waiting=places.waiting)


def _left(places: Places, course: str) -> str:
    if places.left and course:
        return _(
            "{left} of {size} left, because the course {course} is nearly full"
        ).format(left=places.left, size=places.size, course=course)
    if places.left:
        return _("{left} of {size} left").format(left=places.left, size=places.size)
    if course:
        return _("none left, because the course {course} is full").format(course=course)
    return _("all {size} taken").format(size=places.size)


def _bottleneck(run: Run, places: Places, *, at: datetime) -> str:
    """The required course with fewer seats than the group still has places, if any."""
    if places.left >= places.size - places.taken:
        return ""
    required = [link.section for link in run.run_sections.all() if link.required]
    left = left_in_sections(required, at=at)
    tight = [one for one in required if left.get(one.pk, 0) == places.left]
    return said(tight[0].course.title) if tight else ""
