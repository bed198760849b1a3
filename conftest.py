"""What every test stands on: noon on one day, the published data, one database."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import TestCase
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from mikrokraad.catalogue.search import current
from mikrokraad.config import texts
from mikrokraad.core import clock
from mikrokraad.pages.shelf import SHELF

ROOT = Path(__file__).parent
DATABASE = {"db", "transactional_db", "django_db_setup"}
NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # noon in Tallinn

EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "25"))  # `make soak` wants more

hypothesis_settings.register_profile("mikrokraad", deadline=None, max_examples=EXAMPLES)
hypothesis_settings.load_profile("mikrokraad")


def pytest_configure() -> None:
    texts.compile_all()
    _let_sqlite_flush()


def shared_dir() -> Path:
    return Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")).resolve()


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what belongs to the other database, or needs data that is not here."""
    _leave_out_the_other_database(config, items)
    if shared_dir().is_dir():
        return
    group = [item for item in items if "shared" in getattr(item, "fixturenames", [])]
    if not group:
        return
    line = f"SHARED_DIR ({shared_dir()}) is missing: {len(group)} tests left out."
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(line)
    print(line)  # noqa: T201 -- meant for the person who runs the tests
    config.hook.pytest_deselected(items=group)
    items[:] = [item for item in items if item not in group]


def _leave_out_the_other_database(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """What only PostgreSQL can show runs there; what asks no database runs on SQLite."""
    on_postgres = wanted_vendor() == "postgresql"
    group = {
        item
        for item in items
        if (not _asks_a_database(item) if on_postgres else _is_for_postgres(item))
    }
    config.hook.pytest_deselected(items=list(group))
    items[:] = [item for item in items if item not in group]


def _is_for_postgres(item: pytest.Item) -> bool:
    return item.path.name.startswith("test_postgres_")


def _asks_a_database(item: pytest.Item) -> bool:
    """A test that is marked so, a story of random steps, or one with servers of its own."""
    return (
        item.get_closest_marker("django_db") is not None
        or not DATABASE.isdisjoint(getattr(item, "fixturenames", []))
        or issubclass(getattr(item, "cls", None) or object, TestCase)
        or _is_for_postgres(item)
        or "journeys" in item.path.parts
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The published schemas, vectors and records."""
    return shared_dir()


@pytest.fixture(autouse=True)
def noon(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """The clock stands still at noon, but for journeys, which run a real server."""
    if "journeys" in request.node.path.parts:
        yield NOON
        return
    clock.move_with(timedelta)  # the demonstration's offset stays out of it
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page or index of another test's database: undone, its edition comes again."""
    SHELF.clear()
    current.forget()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Words are asserted in English, whatever the house speaks first."""
    with translation.override("en"):
        yield


def wanted_vendor() -> str:
    scheme = urlsplit(os.environ.get("DATABASE_URL", "")).scheme
    return "postgresql" if scheme.startswith("postgres") else "sqlite"


def _let_sqlite_flush() -> None:
    """Let the test runner empty append-only tables on SQLite.

    There a flush is DELETE, which their triggers refuse; so the triggers step
    aside for the moment of the flush. On PostgreSQL it is TRUNCATE, which does
    not fire them.
    """
    tear_down = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # noqa: SLF001

    def tear_down_without_triggers(case: Any) -> None:  # noqa: ANN401
        if connection.vendor != "sqlite":
            tear_down(case)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        tear_down(case)
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    TransactionTestCase._fixture_teardown = tear_down_without_triggers  # type: ignore[attr-defined]  # noqa: SLF001
