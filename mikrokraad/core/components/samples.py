"""What the component page shows."""

from typing import Any


def everything() -> dict[str, Any]:
    return {}
