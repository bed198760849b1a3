"""What an applicant on the waiting list is told: where they stand, and what they can do."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.admissions.models import Application
from mikrokraad.admissions.rules import State
from mikrokraad.core import clock
from mikrokraad.core.calendar import day_text
from mikrokraad.core.texts import said
from mikrokraad.seats import waiting
from mikrokraad.seats.alternatives import FullCourse, full_courses
from mikrokraad.seats.rules import Waiting
from mikrokraad.seats.waiting import History, Standing
from mikrokraad.seats.words import passed_over_text, skipped_text

Context = dict[str, Any]
MOST_TOLD = 5  # times that others went first


def waits(found: Application) -> Context:
    """For the page of an application; `waits` is None for who does not wait."""
    entry = waiting.last_entry(found.run, found.person)
    if entry and entry.state == Waiting.SKIPPED:
        return {"waits": None, "taken_out": skipped_text(entry.skip_reason)}
    if found.state != State.WAITLISTED:
        return {"waits": None}
    standing = waiting.standing_of(found.run, found.person)
    if entry is None or standing is None:
        return {"waits": None}
    at = clock.now()
    passes = waiting.passes_of_entry(entry)[:MOST_TOLD]
    return {
        "waits": {
            "position": position_text(standing),
            "why_range": _why_range(standing),
            "chance": chance_text(waiting.history_of(found.run, standing.worst, on=at)),
            "ends": day_text(found.run.starts_on),
            "passed_over": [passed_over_text(each) for each in passes],
            "full": [_full(each) for each in full_courses(found.run, at=at)],
            **_together(found, standing),
        }
    }


def position_text(standing: Standing) -> str:
    """A number, or a range where groups wait too."""
    if standing.best == standing.worst:
        return _("You are number {n} in the list.").format(n=standing.best)
    return _("You are between number {best} and number {worst} in the list.").format(
        best=standing.best, worst=standing.worst
    )


def short_position(standing: Standing | None) -> str:
    """The same for a line of facts."""
    if standing is None:
        return ""
    if standing.best == standing.worst:
        return str(standing.best)
    return f"{standing.best}–{standing.worst}"


def _why_range(standing: Standing) -> list[str]:
    why = []
    if standing.worst - len(standing.group) + 1 > standing.best:
        why.append(
            _(
                "People before you come together as a group. If there are too few "
                "places for all of them, you go first and they keep their turn."
            )
        )
    if standing.rank_class > 1:
        why.append(_("People with priority may still join before you."))
    return why


def chance_text(history: History | None) -> str:
    if history is None:
        return _(
            "We have no history yet that would tell how often somebody at this place "
            "in the list gets an offer."
        )
    told = (
        _(
            "In earlier runs of this programme {offered} of {cases} people who waited "
            "as far back as you, or further, were offered a place."
        )
        if history.same
        else _(
            "In earlier runs of all programmes {offered} of {cases} people who waited "
            "as far back as you, or further, were offered a place."
        )
    )
    promise = _("It is no promise: this time may be different.")
    return f"{told.format(offered=history.offered, cases=history.cases)} {promise}"


def _full(each: FullCourse) -> Context:
    course = said(each.section.course.title)
    return {
        "course": course,
        "teachings": [
            ngettext(
                "“{course}” is also taught as {code}, with {n} seat left.",
                "“{course}” is also taught as {code}, with {n} seats left.",
                one.left,
            ).format(course=course, code=one.section.code, n=one.left)
            for one in each.teachings
        ],
    }


def _together(found: Application, standing: Standing) -> Context:
    """The group of somebody who waits: its people and its link."""
    group = next(e.group_id for e in standing.group if e.person_id == found.person_id)
    if group is None:
        return {"group_link": "", "most": settings.WAITING_GROUP_MAX}
    others = [
        each.person.given_name or each.person.name
        for each in standing.group
        if each.person_id != found.person_id
    ]
    address = f"{reverse('admissions:join_group')}?g={group}"
    return {
        "group_link": f"{settings.PUBLIC_URL}{address}",
        "others": ", ".join(others),
        "most": settings.WAITING_GROUP_MAX,
    }


def join_page(text: str) -> Context:
    """Whom the link of a group leads to."""
    group = waiting.group_named(text)
    if group is None:
        return {"group": None}
    return {
        "group": group,
        "run": group.run,
        "many": waiting.waiting_in(group),
        "most": settings.WAITING_GROUP_MAX,
    }
