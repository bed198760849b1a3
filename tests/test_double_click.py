"""A button pressed twice leaves exactly what it leaves when it is pressed once."""

from collections.abc import Callable

import pytest

from tests.double_click import BUTTONS, Button, census, left_by_one_press

pytestmark = pytest.mark.django_db
ANSWERED = {200, 302, 404}  # 404: what waited for the press waits no more


@pytest.mark.parametrize("make", BUTTONS, ids=lambda make: make.__name__)
def test_pressed_twice_is_pressed_once(make: Callable[[], Button]) -> None:
    expected = left_by_one_press(make)
    twice = make()
    browser, before = twice.browser(), census()

    told = [twice.press(browser), twice.press(browser)]

    assert set(told) <= ANSWERED
    assert census() - before == expected
