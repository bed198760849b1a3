"""Two presses of one button at the same moment: what only PostgreSQL can show."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.double_click import BUTTONS, Button, census, left_by_one_press
from tests.test_double_click import ANSWERED

pytestmark = pytest.mark.django_db(transaction=True)
FINGERS = 3


def at_once(button: Button) -> list[int]:
    """The same session in as many tabs, pressed together."""
    cookies = button.browser().cookies
    gate = Barrier(FINGERS)

    def one(_finger: int) -> int:
        browser = button.browser()
        browser.cookies = cookies
        gate.wait()
        try:
            return button.press(browser)
        finally:
            connection.close()

    with ThreadPoolExecutor(FINGERS) as pool:
        return list(pool.map(one, range(FINGERS)))


@pytest.mark.parametrize("make", BUTTONS, ids=lambda make: make.__name__)
def test_pressed_at_the_same_moment_is_pressed_once(
    make: Callable[[], Button],
) -> None:
    expected = left_by_one_press(make)
    together, before = make(), census()

    told = at_once(together)

    assert set(told) <= ANSWERED
    assert census() - before == expected
