"""What was issued never changes: the facts of a credential, and the bytes of its renderings."""

from django.db import migrations

from mikrokraad.core.triggers import append_only

FROZEN = "number, year, sequence, kind, facts, facts_sha256, language, issued_at, completion_id"
POSTGRES = f"""
CREATE OR REPLACE FUNCTION mikrokraad_frozen_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the facts of a credential never change' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER credentials_credential_frozen BEFORE UPDATE OF {FROZEN} OR DELETE ON credentials_credential
FOR EACH ROW EXECUTE FUNCTION mikrokraad_frozen_facts();
"""
SQLITE = (
    f"CREATE TRIGGER credentials_credential_frozen BEFORE UPDATE OF {FROZEN} ON credentials_credential "
    "BEGIN SELECT RAISE(ABORT, 'the facts of a credential never change'); END",
    "CREATE TRIGGER credentials_credential_kept BEFORE DELETE ON credentials_credential "
    "BEGIN SELECT RAISE(ABORT, 'credentials are never deleted'); END",
)


def freeze(_apps, editor):
    statements = [POSTGRES] if editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        editor.execute(statement, params=None)


def thaw(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "DROP TRIGGER credentials_credential_frozen ON credentials_credential"
        )
        return
    editor.execute("DROP TRIGGER credentials_credential_frozen")
    editor.execute("DROP TRIGGER credentials_credential_kept")


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]

    operations = [
        append_only("credentials_rendering"),
        migrations.RunPython(freeze, thaw),
    ]
