"""Days as people mean them: local dates, working days, Estonian holidays."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_date
from django.conf import settings
from django.utils import timezone, translation

SATURDAY = 5


@cache
def _holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


@cache
def _named_holidays(country: str, language: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, language=language)


def holiday_text(day: date) -> str:
    """The name of the public holiday on `day`; nothing on any other day."""
    language = "et" if _language() == "et" else "en_US"
    named = _named_holidays(settings.INSTITUTION_COUNTRY, language)
    return str(named.get(day, ""))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday of the institution's country.

    Source: Public Holidays and Days of Importance Act (Estonia), by way of the
    `holidays` package.
    """
    return day.weekday() < SATURDAY and day not in _holidays(
        settings.INSTITUTION_COUNTRY
    )


def add_working_days(day: date, days: int) -> date:
    """The day that is `days` working days after `day` (before it, if negative)."""
    step = timedelta(days=1 if days >= 0 else -1)
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start`, up to and with `end`; 0 if `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def start_of(day: date) -> datetime:
    """The instant `day` begins in the institution's time zone."""
    return datetime.combine(day, time.min, tzinfo=zone())


def end_of(day: date) -> datetime:
    """The first instant that is too late: midnight at the end of `day`.

    In time means strictly before this.
    """
    return start_of(day + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The date of `moment` where the institution is."""
    return timezone.localdate(moment, zone())


def in_working_hours(moment: datetime) -> datetime:
    """`moment` itself, or the next 9 o'clock on a working day.

    Working hours are 9 to 17. Notices that start a clock go out in them.
    """
    local = timezone.localtime(moment, zone())
    if is_working_day(local.date()) and time(9) <= local.time() < time(17):
        return moment
    day = local.date()
    if local.time() >= time(9) or not is_working_day(day):
        day = add_working_days(day, 1)
    return datetime.combine(day, time(9), tzinfo=zone())


def _language() -> str:
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def day_text(day: date, *, year: bool = True) -> str:
    """“21. jaanuar 2027” or “21 January 2027”."""
    if _language() == "et":
        return format_date(day, "d. MMMM y" if year else "d. MMMM", locale="et")
    return format_date(day, "d MMMM y" if year else "d MMMM", locale="en_GB")


def moment_text(moment: datetime) -> str:
    """“21. jaanuar 2027 kell 14.05” or “21 January 2027, 14:05”, local time."""
    local = timezone.localtime(moment, zone())
    if _language() == "et":
        return f"{day_text(local.date())} kell {local:%H.%M}"
    return f"{day_text(local.date())}, {local:%H:%M}"


def weekday_text(day: date) -> str:
    """“E” or “Mon”, as they stand over a timetable."""
    if _language() == "et":
        return format_date(day, "ccccc", locale="et")
    return format_date(day, "ccc", locale="en_GB")


def month_text(day: date) -> str:
    """“märts” or “Mar”, as they stand beside a week."""
    return format_date(day, "LLL", locale="et" if _language() == "et" else "en_GB")


_ESTONIAN_UNTIL = [
    "jaanuarini",
    "veebruarini",
    "märtsini",
    "aprillini",
    "maini",
    "juunini",
    "juulini",
    "augustini",
    "septembrini",
    "oktoobrini",
    "novembrini",
    "detsembrini",
]


def until_text(day: date) -> str:
    """“21. jaanuarini” or “until 21 January”."""
    if _language() == "et":
        return f"{day.day}. {_ESTONIAN_UNTIL[day.month - 1]}"
    return f"until {day_text(day, year=False)}"
