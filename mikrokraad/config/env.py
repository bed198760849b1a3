"""Read settings from the environment, and fail at start-up if one is wrong.

What the environment does not say may stand in a file of NAME=value lines:
`SETTINGS_FILE`, else `var/settings.env`.
"""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

MANY = 9  # more than this would not be read
SHORTEST_TOKEN = 24  # letters of what another system shows for itself


@cache
def _file() -> dict[str, str]:
    beside = Path(__file__).resolve().parents[2] / "var" / "settings.env"
    path = Path(os.environ.get("SETTINGS_FILE", beside))
    if not path.is_file():
        return {}
    lines = [line.strip() for line in path.read_text().splitlines()]
    pairs = [line.partition("=") for line in lines if line and line[0] != "#"]
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, _file().get(name, default))
    if value is None:
        raise ImproperlyConfigured(f"Set {name}. See docs/settings.md.")
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} is “{value}”; write yes or no.")
    return value == "yes"


def choice(name: str, default: str, *, among: Iterable[str]) -> str:
    value = text(name, default)
    known = set(among)
    if value not in known:
        few = (
            f" Choose one of {', '.join(sorted(known))}." if len(known) <= MANY else ""
        )
        raise ImproperlyConfigured(
            f"{name} is “{value}”, which is not known here.{few} See docs/settings.md."
        )
    return value


def address(name: str, value: str) -> SplitResult:
    """A web address in its parts."""
    try:
        parts = urlsplit(value)
        sound = bool(
            parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        )
    except ValueError:
        sound = False
    if not sound:
        raise ImproperlyConfigured(
            f"{name} must be a full address, such as https://micro.example.org."
        )
    return parts


def number(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number from `least` to `most`, both included."""
    value = text(name, str(default))
    try:
        read = int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; write a whole number."
        ) from None
    if not least <= read <= most:
        raise ImproperlyConfigured(f"{name} must be from {least} to {most}.")
    return read
