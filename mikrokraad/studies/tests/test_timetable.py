"""Timetables, over the nights on which clocks change too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.catalogue.models import Course, CourseSection, Session
from mikrokraad.studies import timetable

TALLINN = ZoneInfo("Europe/Tallinn")
SECTION = CourseSection(
    code="X-1", course=Course(code="X", title={"en": "X", "et": "X"}, ects=3)
)
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
# Summer time begins on 28 March 2027 and ended on 25 October 2026.
AROUND_A_CHANGE = st.one_of(
    st.datetimes(datetime(2027, 3, 26), datetime(2027, 3, 30)),  # noqa: DTZ001 -- the zone is added below
    st.datetimes(datetime(2026, 10, 23), datetime(2026, 10, 27)),  # noqa: DTZ001
).map(lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC))


def session(number: int, starts_at: datetime, minutes: int = 90) -> Session:
    return Session(
        pk=number,
        section=SECTION,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )


SESSIONS = st.lists(
    st.tuples(AROUND_A_CHANGE, st.integers(15, 600)), min_size=1, max_size=8
).map(
    lambda drawn: [
        session(number, at, minutes)
        for number, (at, minutes) in enumerate(sorted(drawn), start=1)
    ]
)


@given(SESSIONS)
def test_the_feed_says_the_same_instants_over_the_clock_change(
    sessions: list[Session],
) -> None:
    feed = timetable.calendar("X", sessions, address="https://x.example.org", at=NOON)

    read = [
        (
            str(event["uid"]),
            event.decoded("dtstart").astimezone(UTC),
            event.decoded("dtend").astimezone(UTC),
        )
        for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")
        if not _falls_in_the_repeated_hour(event)
    ]
    expected = {
        f"session-{each.pk}@x.example.org": (each.starts_at, each.ends_at)
        for each in sessions
    }
    assert all(expected[uid] == (starts, ends) for uid, starts, ends in read)


def _falls_in_the_repeated_hour(event: icalendar.Component) -> bool:
    """A local time that came twice cannot be written in iCalendar with a zone."""
    ends = (event.decoded("dtstart"), event.decoded("dtend"))
    return any(
        at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset() for at in ends
    )


@given(SESSIONS)
def test_every_session_stands_on_its_local_day_once(sessions: list[Session]) -> None:
    days = timetable.by_day(sessions, today=date(2026, 10, 25))

    told = [(day.on, each.pk) for day in days for each in day.sessions]
    assert told == [
        (each.starts_at.astimezone(TALLINN).date(), each.pk) for each in sessions
    ]


@given(SESSIONS)
def test_clashes_are_what_overlaps_pair_by_pair(sessions: list[Session]) -> None:
    slow = {
        one.pk
        for one in sessions
        for other in sessions
        if one.pk != other.pk
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    }

    found = timetable.clashes(sessions)

    assert found == slow


@given(SESSIONS)
def test_the_strip_marks_each_day_with_a_session(sessions: list[Session]) -> None:
    weeks = timetable.strip(sessions)

    marked = {day.on for week in weeks for day in week.days if day.marks}
    assert marked == {each.starts_at.astimezone(TALLINN).date() for each in sessions}


def test_an_evening_course_stays_in_the_evening_when_clocks_change() -> None:
    before = datetime(2027, 3, 25, 18, 0, tzinfo=TALLINN)
    after = datetime(2027, 4, 1, 18, 0, tzinfo=TALLINN)
    sessions = [session(1, before.astimezone(UTC)), session(2, after.astimezone(UTC))]

    feed = timetable.calendar(
        "X", sessions, address="https://x.example.org", at=NOON
    ).decode()

    assert "DTSTART;TZID=Europe/Tallinn:20270325T180000" in feed
    assert "DTSTART;TZID=Europe/Tallinn:20270401T180000" in feed
    assert "BEGIN:DAYLIGHT" in feed


@pytest.mark.parametrize(
    ("day", "inside"),
    [(22, False), (23, True), (29, True), (30, False)],
)
def test_this_week_is_from_monday_to_sunday(day: int, *, inside: bool) -> None:
    at = datetime(2026, 11, day, 12, 0, tzinfo=TALLINN)

    days = timetable.this_week([session(1, at)], today=date(2026, 11, 25))

    assert bool(days) == inside


def test_no_sessions_no_strip() -> None:
    assert timetable.strip([]) == []
