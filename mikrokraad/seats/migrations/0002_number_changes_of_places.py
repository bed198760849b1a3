"""A number of each capacity that grows whenever what is left of it may have changed."""

from django.db import migrations, models

UNIT = "seats_capacityunit"
EDITION = "catalogue_edition"
# Whoever writes claims holds the unit's row lock, so this waits for nobody. Not so who
# joins or leaves a waiting list: those rows are counted instead.
PARTS = {"claim": "seats_seatclaim", "pool": "seats_pool"}
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}
GROW = f"UPDATE {UNIT} SET changes = changes + 1 WHERE id = "  # noqa: S608 -- made of constants

# Opening places for the first time is rare, and a new edition of the catalogue.
POSTGRES = f"""
CREATE FUNCTION mikrokraad_place_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN {GROW} OLD.unit_id; ELSE {GROW} NEW.unit_id; END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION mikrokraad_unit_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.changes := greatest(OLD.changes + 1, NEW.changes); RETURN NEW; END $$;
CREATE TRIGGER unit_changes BEFORE UPDATE ON {UNIT}
FOR EACH ROW EXECUTE FUNCTION mikrokraad_unit_changes();
CREATE TRIGGER new_edition AFTER INSERT OR DELETE ON {UNIT}
FOR EACH STATEMENT EXECUTE FUNCTION mikrokraad_new_edition();
"""
POSTGRES_PART = """
CREATE TRIGGER place_changes AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION mikrokraad_place_changes();
"""
SQLITE_PART = (
    "CREATE TRIGGER place_changes_{name}_{event} AFTER {event} ON {table} "
    f"BEGIN {GROW} {{row}}.unit_id; END"
)
SQLITE_UNIT = f"""
CREATE TRIGGER unit_changes AFTER UPDATE ON {UNIT} WHEN NEW.changes <= OLD.changes
BEGIN UPDATE {UNIT} SET changes = OLD.changes + 1 WHERE id = NEW.id; END
"""  # noqa: S608 -- made of constants
SQLITE_EDITION = f"""
CREATE TRIGGER new_edition_unit_{{event}} AFTER {{event}} ON {UNIT}
BEGIN UPDATE {EDITION} SET number = number + 1; END
"""  # noqa: S608 -- made of constants


def _sqlite():
    """The triggers of SQLite: name of each, and the statement that makes it."""
    yield "unit_changes", SQLITE_UNIT
    for event in ("insert", "delete"):
        yield f"new_edition_unit_{event}", SQLITE_EDITION.format(event=event)
    for name, table in PARTS.items():
        for event, row in EVENTS.items():
            yield (
                f"place_changes_{name}_{event}",
                SQLITE_PART.format(name=name, event=event, table=table, row=row),
            )


def watch(_apps, editor):
    if editor.connection.vendor == "postgresql":
        parts = [POSTGRES_PART.format(table=table) for table in PARTS.values()]
        editor.execute(POSTGRES + "".join(parts), params=None)
        return
    for _name, statement in _sqlite():
        editor.execute(statement, params=None)


def look_away(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            f"DROP TRIGGER new_edition ON {UNIT}; "
            "DROP FUNCTION mikrokraad_place_changes CASCADE; "
            "DROP FUNCTION mikrokraad_unit_changes CASCADE",
            params=None,
        )
        return
    for name, _statement in _sqlite():
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("seats", "0001_initial"),
        ("catalogue", "0005_number_what_is_shown"),
    ]

    operations = [
        migrations.AddField(
            model_name="capacityunit",
            name="changes",
            field=models.PositiveBigIntegerField(
                default=0, db_default=0, editable=False
            ),
        ),
        migrations.RunPython(watch, look_away),
    ]
