"""Real servers run in these tests, and their clock is the real one."""

from datetime import datetime, timedelta

import pytest

from mikrokraad.core import clock


@pytest.fixture(autouse=True)
def noon() -> datetime:
    """Here the clock does not stand still."""
    clock.move_with(timedelta)
    return clock.now()
