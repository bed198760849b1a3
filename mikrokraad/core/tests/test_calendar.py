"""Days as people mean them: Estonian holidays, working days, deadlines."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.core import calendar

TALLINN = ZoneInfo("Europe/Tallinn")
SPRING_FORWARD, FALL_BACK = date(2027, 3, 28), date(2027, 10, 31)
DAYS = st.dates(date(2020, 1, 1), date(2049, 12, 31))
MOMENTS = st.integers(0, 30 * 365 * 86_400).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
HOLIDAYS_2027 = [
    date(2027, 1, 1),
    date(2027, 2, 24),
    date(2027, 3, 26),  # Good Friday
    date(2027, 3, 28),  # Easter Sunday
    date(2027, 5, 1),
    date(2027, 5, 16),  # Pentecost
    date(2027, 6, 23),
    date(2027, 6, 24),
    date(2027, 8, 20),
    date(2027, 12, 24),
    date(2027, 12, 25),
    date(2027, 12, 26),
]


def test_a_year_of_working_days_is_weekdays_without_estonian_holidays() -> None:
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays = {day for day in year if day.weekday() < 5}

    worked = {day for day in year if calendar.is_working_day(day)}

    assert worked == weekdays - set(HOLIDAYS_2027)
    assert len(worked) == 254


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # over a weekend
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # over Christmas
        (date(2027, 6, 22), 1, date(2027, 6, 25)),  # over Midsummer
        (date(2027, 3, 25), 1, date(2027, 3, 29)),  # over Easter
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2026, 11, 24), 10, date(2026, 12, 8)),
    ],
)
def test_working_days_are_added_over_what_is_free(
    start: date, days: int, end: date
) -> None:
    assert calendar.add_working_days(start, days) == end


@given(DAYS, st.integers(1, 60))
def test_adding_working_days_and_counting_them_agree(day: date, count: int) -> None:
    later = calendar.add_working_days(day, count)

    assert calendar.is_working_day(later)
    assert calendar.working_days_between(day, later) == count


@given(DAYS, DAYS)
def test_working_days_between_never_run_backwards(one: date, other: date) -> None:
    assert (calendar.working_days_between(one, other) > 0) <= (one < other)


@given(DAYS)
def test_a_deadline_is_in_time_until_midnight_where_the_institution_is(
    day: date,
) -> None:
    too_late = calendar.end_of(day)
    in_time = too_late.astimezone(UTC) - timedelta(microseconds=1)

    assert calendar.day_of(in_time) == day
    assert calendar.day_of(too_late) == day + timedelta(days=1)
    assert too_late.astimezone(TALLINN).time() == time.min


@pytest.mark.parametrize(
    ("day", "ends", "hours"),
    [
        (date(2027, 1, 21), datetime(2027, 1, 21, 22, 0, tzinfo=UTC), 24),
        (date(2027, 6, 15), datetime(2027, 6, 15, 21, 0, tzinfo=UTC), 24),
        (SPRING_FORWARD, datetime(2027, 3, 28, 21, 0, tzinfo=UTC), 23),
        (FALL_BACK, datetime(2027, 10, 31, 22, 0, tzinfo=UTC), 25),
    ],
)
def test_a_day_ends_at_midnight_also_when_the_clocks_change(
    day: date, ends: datetime, hours: int
) -> None:
    begins = calendar.start_of(day).astimezone(UTC)

    assert calendar.end_of(day) == ends
    assert ends - begins == timedelta(hours=hours)


def local(month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=TALLINN)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        # Tuesday, noon: now.
        (local(11, 24, 12, 0), local(11, 24, 12, 0)),
        (local(11, 24, 9, 0), local(11, 24, 9, 0)),
        (local(11, 24, 8, 59, 59), local(11, 24, 9, 0)),
        (local(11, 24, 16, 59, 59), local(11, 24, 16, 59, 59)),
        (local(11, 24, 17, 0), local(11, 25, 9, 0)),
        # Friday evening, and the night to Saturday: Monday.
        (local(11, 27, 17, 0), local(11, 30, 9, 0)),
        (local(11, 28, 3, 0), local(11, 30, 9, 0)),
        # The evening before Christmas: after the weekend.
        (local(12, 23, 20, 0), local(12, 28, 9, 0)),
    ],
)
def test_notices_go_out_in_working_hours(moment: datetime, told: datetime) -> None:
    said = calendar.in_working_hours(moment)

    assert said == told


@given(MOMENTS)
def test_working_hours_are_never_earlier_and_stay_once_reached(
    moment: datetime,
) -> None:
    told = calendar.in_working_hours(moment)

    assert told >= moment
    assert calendar.in_working_hours(told) == told
    assert calendar.is_working_day(calendar.day_of(told))
    assert 9 <= told.astimezone(TALLINN).hour < 17


def test_days_are_said_in_both_languages() -> None:
    day = date(2027, 1, 21)
    moment = datetime(2027, 1, 21, 12, 5, tzinfo=UTC)

    assert calendar.day_text(day) == "21 January 2027"
    assert calendar.day_text(day, year=False) == "21 January"
    assert calendar.until_text(day) == "until 21 January"
    assert calendar.moment_text(moment) == "21 January 2027, 14:05"
    with translation.override("et"):
        assert calendar.day_text(day) == "21. jaanuar 2027"
        assert calendar.day_text(day, year=False) == "21. jaanuar"
        assert calendar.until_text(day) == "21. jaanuarini"
        assert calendar.moment_text(moment) == "21. jaanuar 2027 kell 14.05"


def test_weekdays_are_said_as_over_a_timetable() -> None:
    week = [date(2027, 2, 8) + timedelta(days=n) for n in range(7)]

    assert [calendar.weekday_text(day) for day in week[:2]] == ["Mon", "Tue"]
    with translation.override("et"):
        assert "".join(calendar.weekday_text(day) for day in week) == "ETKNRLP"


@pytest.mark.parametrize("month", range(1, 13))
def test_until_is_said_for_every_month_in_estonian(month: int) -> None:
    day = date(2027, month, 1)

    with translation.override("et"):
        name = calendar.day_text(day, year=False).removeprefix("1. ")
        assert calendar.until_text(day).startswith(f"1. {name[:3]}")
        assert calendar.until_text(day).endswith("ni")
