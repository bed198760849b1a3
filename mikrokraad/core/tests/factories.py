"""Dull things for tests of core."""

from datetime import UTC, datetime

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # noon in Tallinn
