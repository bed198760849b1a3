"""Triggers that keep the ledger's promise: an entry's postings sum to zero.

Postings come first, their entry last; the foreign key waits for the commit.
Writing the entry checks the sum; after that no posting can join it, and neither
table can be changed or shortened.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

_POSTGRES = """
CREATE OR REPLACE FUNCTION mikrokraad_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(amount_cents), 1) FROM fees_posting WHERE entry_id = NEW.id) <> 0 THEN
    RAISE EXCEPTION 'postings of an entry sum to zero' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fees_entry_balances BEFORE INSERT ON fees_ledgerentry
FOR EACH ROW EXECUTE FUNCTION mikrokraad_entry_balances();
CREATE OR REPLACE FUNCTION mikrokraad_entry_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fees_ledgerentry WHERE id = NEW.entry_id) THEN
    RAISE EXCEPTION 'the entry is closed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fees_entry_is_open BEFORE INSERT ON fees_posting
FOR EACH ROW EXECUTE FUNCTION mikrokraad_entry_is_open();
"""

_SQLITE = (
    """
CREATE TRIGGER fees_entry_balances BEFORE INSERT ON fees_ledgerentry
WHEN (SELECT coalesce(sum(amount_cents), 1) FROM fees_posting WHERE entry_id = NEW.id) <> 0
BEGIN SELECT RAISE(ABORT, 'postings of an entry sum to zero'); END
""",
    """
CREATE TRIGGER fees_entry_is_open BEFORE INSERT ON fees_posting
WHEN EXISTS (SELECT 1 FROM fees_ledgerentry WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'the entry is closed'); END
""",
)


def _guard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRES, params=None)
        return
    for statement in _SQLITE:
        editor.execute(statement)


def _unguard(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    postgres = editor.connection.vendor == "postgresql"
    for name, table in (
        ("fees_entry_balances", "fees_ledgerentry"),
        ("fees_entry_is_open", "fees_posting"),
    ):
        editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgres else ""))


def balanced_entries() -> RunPython:
    """A migration's operation: from now on every entry balances."""
    return RunPython(_guard, _unguard)
