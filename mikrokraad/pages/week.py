"""“Does it fit my week?” on a programme's page, in words; free times are in its address."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue import week
from mikrokraad.catalogue.models import Run, Session
from mikrokraad.catalogue.week import DAYS, DAYTIME, EVENING, Clash, Held
from mikrokraad.core.calendar import (
    day_of,
    day_text,
    holiday_text,
    weekday_text,
    zone,
)
from mikrokraad.core.texts import said

Context = dict[str, Any]
NAME = "week"
A_MONDAY = date(2027, 2, 8)  # any will do: its weekdays lend their short names
SHOWN = 5  # more of them are folded away


def my_week(run: Run, asked: Iterable[str]) -> Context:
    """The free parts to choose, what clashes with them, and holidays among the sessions."""
    free = week.known_parts(asked)
    held = list(_held(run))
    found = week.clashes(held, free) if free else []
    told = [_clash(one) for one in found]
    return {
        "groups": _groups(free),
        "carried": [(NAME, part) for part in free],
        "clashing": {one.held.what.pk for one in found},  # type: ignore[attr-defined]
        "answered": bool(free),
        "fits": not found,
        "sentence": _sentence(len(found), len(held)) if free else "",
        "told": told[:SHOWN],
        "rest": told[SHOWN:],
        "holidays": _holidays(held),
    }


def times_text(session: Session) -> str:
    """From when to when, by the clock where the institution is."""
    starts, ends = _local(session.starts_at), _local(session.ends_at)
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _held(run: Run) -> list[Held]:
    """Every session of the run, the earliest first."""
    sessions = (session for link in run.run_sections.all() for session in _of(link))
    return sorted(
        (Held(one.starts_at, one.ends_at, one) for one in sessions),
        key=lambda one: one.starts_at,
    )


def _of(link: Any) -> Iterable[Session]:  # noqa: ANN401
    """Sessions of a section that know it, so that nothing is fetched anew."""
    for session in link.section.sessions.all():
        session.section = link.section
        yield session


def _groups(free: list[str]) -> list[Context]:
    """Checkboxes in three rows: evenings, daytime, the weekend."""
    rows = [
        (
            _("Weekday evenings, from 17:00"),
            [f"{day}-{EVENING}" for day in week.WEEKDAYS],
        ),
        (_("Weekdays before 17:00"), [f"{day}-{DAYTIME}" for day in week.WEEKDAYS]),
        (_("Weekend"), list(DAYS[week.SATURDAY :])),
    ]
    return [
        {
            "label": label,
            "parts": [
                {
                    "value": part,
                    "label": weekday_text(A_MONDAY + timedelta(days=_day(part))),
                    "name": WEEKDAYS[_day(part)],
                    "on": part in free,
                }
                for part in parts
            ],
        }
        for label, parts in rows
    ]


def _sentence(clashing: int, held: int) -> str:
    if not held:
        return _("The sessions are not fixed yet.")
    if not clashing:
        return _("Every session fits your week.")
    return ngettext(
        "{n} of {all} sessions does not fit your week.",
        "{n} of {all} sessions do not fit your week.",
        clashing,
    ).format(n=clashing, all=held)


def _clash(clash: Clash) -> Context:
    """Day and times, the course, and what was said not to be free."""
    session: Session = clash.held.what  # type: ignore[assignment]
    parts = [_part_text(part) for part in clash.needed]
    return {
        "when": _when(session),
        "course": _course(session),
        "why": ngettext(
            "you said that {parts} is not free",
            "you said that {parts} are not free",
            len(parts),
        ).format(parts=_(" and ").join(parts)),
    }


def _course(session: Session) -> str:
    """“Machine Learning”, “Machine Learning, exam”."""
    course = said(session.section.course.title)
    return _("{course}, exam").format(course=course) if session.is_exam else course


def _when(session: Session) -> str:
    day = day_of(session.starts_at)
    return f"{weekday_text(day)} {day_text(day, year=False)} {times_text(session)}"


def _part_text(part: str) -> str:
    """“Thursday daytime”."""
    day = str(WEEKDAYS[_day(part)])
    if part.endswith(DAYTIME):
        return _("{day} daytime").format(day=day)
    if part.endswith(EVENING):
        return _("{day} evening").format(day=day)
    return day


def _day(part: str) -> int:
    return DAYS.index(part[:3])


def _holidays(held: list[Held]) -> list[str]:
    """Days off on which a session falls all the same, each once."""
    days = dict.fromkeys(day_of(one.starts_at) for one in held)
    return [
        _("{day} is a public holiday: {name}.").format(
            day=f"{weekday_text(day)} {day_text(day, year=False)}", name=name
        )
        for day in days
        if (name := holiday_text(day))
    ]


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, zone())
