"""Tables that only grow: the database itself refuses the rest, and can be asked to stop."""

from collections.abc import Iterator
from typing import cast

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

from mikrokraad.core.triggers import append_only

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "core_test_of_triggers"


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[RunPython]:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (n integer)")
    operation = append_only(TABLE)
    with connection.schema_editor(atomic=False) as editor:
        operation.code(StateApps([], {}), editor)
    sql(f"INSERT INTO {TABLE} VALUES (1)")
    yield operation
    sql(f"DROP TABLE {TABLE}")


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n FROM {TABLE} ORDER BY n")
        return [cast(int, n) for (n,) in cursor.fetchall()]


@pytest.mark.parametrize(
    "statement", [f"UPDATE {TABLE} SET n = 2", f"DELETE FROM {TABLE}"]
)
def test_rows_come_and_never_change(guarded: RunPython, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)

    sql(f"INSERT INTO {TABLE} VALUES (2)")
    assert rows() == [1, 2]


def test_the_migration_can_be_taken_back(guarded: RunPython) -> None:
    assert guarded.reverse_code is not None
    with connection.schema_editor(atomic=False) as editor:
        guarded.reverse_code(StateApps([], {}), editor)

    sql(f"UPDATE {TABLE} SET n = 2")

    assert rows() == [2]
