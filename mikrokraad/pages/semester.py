"""When a run's courses meet: the strip of weeks, each course in words, and the pace."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrokraad.catalogue.models import ProgrammeVersion, Run, Session
from mikrokraad.core.calendar import day_of, day_text
from mikrokraad.core.squares import Mark, Week, semester_weeks
from mikrokraad.core.texts import said
from mikrokraad.pages.week import times_text

HOURS_PER_ECTS = 26
DAYS_PER_WEEK = 7
SHORT_WEEKS = 4
MOST_WEEKDAYS = 3


def weeks(
    run: Run, colours: dict[int, str], clashing: Collection[int] = ()
) -> list[Week]:
    """Every session and exam of the run's courses; none while none is known.

    `clashing` are the ids of sessions that do not fit somebody's week.
    """
    marks = [
        Mark(
            day_of(session.starts_at),
            kind=_kind(session, clashing),
            text=_said(session, said(link.section.course.title)),
            colour=colours.get(link.section.course_id, "indigo"),
        )
        for link in run.run_sections.all()
        for session in link.section.sessions.all()
    ]
    if not marks:
        return []
    days = [mark.day for mark in marks]
    return semester_weeks(
        min(run.starts_on, *days), max(run.ends_on, *days), sorted(marks, key=_by_day)
    )


def _kind(session: Session, clashing: Collection[int]) -> str:
    if session.pk in clashing:
        return "clash"
    return "exam" if session.is_exam else "session"


def _said(session: Session, course: str) -> str:
    """“Machine Learning, exam”, and from when to when."""
    told = _("{course}, exam").format(course=course) if session.is_exam else course
    return f"{told} {times_text(session)}"


def _by_day(mark: Mark) -> tuple[date, str]:
    return mark.day, mark.text


def meetings(run: Run) -> dict[int, str]:
    """Of each course: how often it meets, on which days of the week, and the exam."""
    return {
        link.section.course_id: _met(link.section.sessions.all())
        for link in run.run_sections.all()
    }


def _met(sessions: Iterable[Session]) -> str:
    """“8 sessions (Thursday, Friday), exam 7 June”."""
    held = list(sessions)
    usual = [day_of(one.starts_at) for one in held if not one.is_exam]
    told = []
    if usual:
        count = ngettext("{n} session", "{n} sessions", len(usual)).format(n=len(usual))
        told.append(f"{count} ({_weekdays(usual)})")
    told += [
        _("exam {day}").format(day=day_text(day_of(one.starts_at), year=False))
        for one in held
        if one.is_exam
    ]
    return ", ".join(told)


def _weekdays(days: Iterable[date]) -> str:
    names = [str(WEEKDAYS[one]) for one in sorted({day.weekday() for day in days})]
    return (
        ", ".join(names) if len(names) <= MOST_WEEKDAYS else f"{names[0]}–{names[-1]}"
    )


def pace(run: Run, version: ProgrammeVersion) -> str:
    """How much of a week it takes."""
    length = max(1, (run.ends_on - run.starts_on + timedelta(days=1)).days)
    hours = round(version.ects * HOURS_PER_ECTS * DAYS_PER_WEEK / length)
    return _(
        "About {hours} hours a week over {weeks} weeks, your own work included."
    ).format(hours=hours, weeks=round(length / DAYS_PER_WEEK))


def is_short(shown: list[Week]) -> bool:
    """A summer school, say: days rather than a semester."""
    return len(shown) <= SHORT_WEEKS
