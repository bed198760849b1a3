"""Does it fit somebody's week: by the clock in Tallinn, in summer and in winter."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from mikrokraad.catalogue import week
from mikrokraad.catalogue.week import Held

TALLINN = ZoneInfo("Europe/Tallinn")


def held(day: str, starts: str, ends: str) -> Held:
    """By the clock in Tallinn, kept as the database does."""
    return Held(
        *(
            datetime.fromisoformat(f"{day}T{moment}")
            .replace(tzinfo=TALLINN)
            .astimezone(UTC)
            for moment in (starts, ends)
        )
    )


@pytest.mark.parametrize(
    ("when", "needs"),
    [
        (("2027-02-11", "16:15", "19:30"), ("thu-day", "thu-eve")),
        (("2027-02-11", "10:15", "17:00"), ("thu-day",)),
        (("2027-02-11", "17:00", "20:00"), ("thu-eve",)),
        (("2027-02-13", "10:15", "19:00"), ("sat",)),
        (("2027-02-14", "10:15", "12:00"), ("sun",)),
    ],
)
def test_a_session_needs_these_parts_of_a_week(
    when: tuple[str, str, str], needs: tuple[str, ...]
) -> None:
    assert week.parts_needed(held(*when)) == needs


def test_what_goes_past_midnight_needs_both_days() -> None:
    late = held("2027-02-12", "22:00", "23:59")
    night = Held(late.starts_at, late.ends_at + timedelta(hours=3))

    assert week.parts_needed(night) == ("fri-eve", "sat")


def test_midnight_itself_is_not_the_next_day() -> None:
    late = held("2027-02-12", "18:00", "23:00")

    assert week.parts_needed(
        Held(late.starts_at, late.ends_at + timedelta(hours=1))
    ) == ("fri-eve",)


@pytest.mark.parametrize("day", ["2027-03-25", "2027-04-01"])
def test_an_evening_is_an_evening_before_and_after_the_clock_is_put_forward(
    day: str,
) -> None:
    evening = held(day, "17:15", "20:30")

    assert week.parts_needed(evening) == ("thu-eve",)


def test_the_day_on_which_the_clock_is_put_forward_is_a_sunday_like_others() -> None:
    assert week.parts_needed(held("2027-03-28", "02:30", "05:00")) == ("sun",)


def test_only_what_is_not_free_clashes() -> None:
    fits, half = (
        held("2027-02-13", "10:00", "12:00"),
        held("2027-02-11", "16:15", "19:30"),
    )

    found = week.clashes([fits, half], ["sat", "thu-eve"])

    assert [(one.held, one.needed) for one in found] == [(half, ("thu-day",))]


SPRING_2026, SPRING_2028 = datetime(2026, 3, 1), datetime(2028, 3, 1)  # noqa: DTZ001 -- made aware below


@for_all(
    st.datetimes(SPRING_2026, SPRING_2028),
    st.integers(1, 40 * 60),
    st.sets(st.sampled_from(week.PARTS)),
)
def test_more_free_time_never_makes_a_clash(
    starts: datetime, minutes: int, free: set[str]
) -> None:
    at = starts.replace(tzinfo=UTC)
    one = Held(at, at + timedelta(minutes=minutes))

    assert week.parts_needed(one)
    assert week.clashes([one], week.PARTS) == []
    assert bool(week.clashes([one], free)) == (not set(week.parts_needed(one)) <= free)


def test_what_no_week_has_was_not_said() -> None:
    assert week.known_parts(["sun", "x", "mon-eve", "sun"]) == ["mon-eve", "sun"]
