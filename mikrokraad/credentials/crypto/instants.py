"""Moments as credentials write them: XML Schema dateTimeStamp, always with a zone."""

import re
from datetime import UTC, datetime

STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")


def moment(text: object) -> datetime | None:
    """The moment, or nothing when `text` is not a dateTimeStamp of the years 1 to 9999."""
    if not isinstance(text, str) or not STAMP.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def stamp(at: datetime) -> str:
    """`at` in UTC, in whole seconds: 2027-07-02T09:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
