"""Triggers that refuse UPDATE and DELETE, for tables that only ever grow."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_POSTGRES = """
CREATE OR REPLACE FUNCTION mikrokraad_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION mikrokraad_append_only();
"""

_SQLITE = [
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
]


def _guard(table: str, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRES.format(table=table), params=None)
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(_SQLITE[0].format(table=table, verb=verb))


def _unguard(table: str, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(f"DROP TRIGGER {table}_no_{verb}")


def append_only(table: str) -> RunPython:
    """A migration's operation: from now on rows of `table` only come, never change."""
    return RunPython(
        lambda _apps, editor: _guard(table, editor),
        lambda _apps, editor: _unguard(table, editor),
    )
