"""What tests of core share."""

from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged, from the level of information up."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(20))
    with capture_logs() as logs:
        yield logs
    structlog.configure(wrapper_class=before)
