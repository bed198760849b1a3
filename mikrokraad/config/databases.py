"""The database of DATABASE_URL: PostgreSQL, or the embedded SQLite if it is empty."""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(url: str, var: Path, *, threads: int) -> dict[str, Any]:
    """Django's description of the database. `threads` bounds the connection pool."""
    if not url:
        return _embedded(var / "mikrokraad.sqlite3")
    parts = _parts(url)
    if parts.scheme in ("postgres", "postgresql") and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": threads + 1, "timeout": 30}
            },
        }
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _embedded(Path(unquote(parts.path)))
    raise _wrong()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise _wrong() from None
    return parts


def _wrong() -> ImproperlyConfigured:
    """Without the address itself: a password may stand in it."""
    return ImproperlyConfigured(
        "DATABASE_URL must be like postgres://user:password@host/name or "
        "sqlite:///folder/file, or be empty for the embedded database."
    )


def _embedded(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening it anew for each request and each round would cost 2.5 ms of CPU.
        "CONN_MAX_AGE": 60,
        # A file, since threads cannot share a test database in memory; one per process.
        "TEST": {
            "NAME": Path(tempfile.gettempdir())
            / f"mikrokraad-test-{os.getpid()}.sqlite3"
        },
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
