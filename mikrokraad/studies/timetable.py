"""A timetable: this week, the semester as a strip, and the calendar feed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from urllib.parse import urlsplit

import icalendar
from django.utils.translation import gettext as _

from mikrokraad.catalogue.models import Session
from mikrokraad.core.calendar import day_of, zone
from mikrokraad.core.squares import Mark, Week, semester_weeks
from mikrokraad.core.texts import said

DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Day:
    """What there is on one day."""

    on: date
    sessions: list[Session]
    is_today: bool = False


def by_day(sessions: Iterable[Session], *, today: date) -> list[Day]:
    """Sessions by the local day they begin on. `sessions` are in order."""
    return [
        Day(on, list(those), on == today)
        for on, those in groupby(sessions, lambda each: day_of(each.starts_at))
    ]


def this_week(sessions: Iterable[Session], *, today: date) -> list[Day]:
    """The days of today's week, Monday first, on which there is something."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=DAYS_OF_WEEK - 1)
    return by_day(
        (each for each in sessions if monday <= day_of(each.starts_at) <= sunday),
        today=today,
    )


def clashes(sessions: Iterable[Session]) -> set[int]:
    """Ids of sessions that overlap another one. End to start is no clash."""
    found: set[int] = set()
    until: Session | None = None
    for each in sorted(sessions, key=lambda one: (one.starts_at, one.ends_at)):
        if until is not None and each.starts_at < until.ends_at:
            found |= {until.pk, each.pk}
        if until is None or each.ends_at > until.ends_at:
            until = each
    return found


def strip(sessions: Sequence[Session]) -> list[Week]:
    """The weeks from the first session to the last."""
    if not sessions:
        return []
    overlapping = clashes(sessions)
    marks = [
        Mark(
            day_of(each.starts_at),
            _kind(each, overlapping),
            said(each.section.course.title),
            each.section.course.field.colour if each.section.course.field else "indigo",
        )
        for each in sessions
    ]
    days = [mark.day for mark in marks]
    return semester_weeks(min(days), max(days), marks)


def _kind(session: Session, overlapping: set[int]) -> str:
    if session.pk in overlapping:
        return "clash"
    return "exam" if session.is_exam else "session"


def calendar(
    name: str, sessions: Iterable[Session], *, address: str, at: datetime
) -> bytes:
    """An iCalendar file with these sessions in the institution's time zone.

    A session keeps its UID for as long as it exists, so that a moved one moves in
    the learner's calendar too. `address` is the site's, such as PUBLIC_URL.
    Source: RFC 5545; the zone's rules, with daylight saving, are in the file.
    """
    host = urlsplit(address).hostname or address
    feed = icalendar.Calendar()
    feed.add("prodid", "-//Mikrokraad//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    feed.add("x-wr-timezone", zone().key)
    for each in sessions:
        feed.add_component(_event(each, host, at))
    feed.add_missing_timezones()
    return bytes(feed.to_ical())


def _event(session: Session, host: str, at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    title = said(session.section.course.title)
    event.add("uid", f"session-{session.pk}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", session.starts_at.astimezone(zone()))
    event.add("dtend", session.ends_at.astimezone(zone()))
    event.add(
        "summary",
        _("Exam: {course}").format(course=title) if session.is_exam else title,
    )
    if session.room:
        event.add("location", session.room)
    if session.link:
        event.add("url", session.link)
    event.add("description", session.section.code)
    return event
