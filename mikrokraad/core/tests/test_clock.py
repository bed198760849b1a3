"""One place reads the time; only the demonstration may move it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import LazySettings

from mikrokraad.core import clock


@pytest.fixture
def moved() -> Iterator[None]:
    clock.move_with(lambda: timedelta(days=3))
    yield
    clock.move_with(timedelta)


def test_now_is_now(noon: datetime) -> None:
    assert clock.now() == noon
    assert clock.now().tzinfo == UTC


@pytest.mark.usefixtures("moved")
def test_the_demonstrations_clock_can_be_ahead(noon: datetime) -> None:
    assert clock.now() == noon + timedelta(days=3)
    assert clock.today() == date(2026, 11, 27)


def test_nobody_else_moves_the_clock(settings: LazySettings, noon: datetime) -> None:
    settings.DEMO = False

    with pytest.raises(RuntimeError, match="Only the demonstration"):
        clock.move_with(lambda: timedelta(days=1))

    assert clock.now() == noon


def test_today_is_the_date_where_the_institution_is() -> None:
    with time_machine.travel(datetime(2026, 11, 24, 22, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 25)
