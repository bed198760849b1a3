"""Words are asserted in English, whatever the house speaks first."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.utils import translation
from structlog.testing import capture_logs


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged, from the level of information up."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(20))
    with capture_logs() as logs:
        yield logs
    structlog.configure(wrapper_class=before)
