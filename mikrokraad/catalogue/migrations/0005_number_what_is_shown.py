"""The edition: a number that grows with everything a visitor sees of the catalogue."""

from django.db import migrations, models

EDITION = "catalogue_edition"
TABLES = (
    "programme",
    "kind",
    "field",
    "course",
    "term",
    "intake",
    "run",
    "runsection",
    "priceline",
    "coursesection",
    "coursesection_teachers",
    "session",
    "story",
)
VERSION = "catalogue_programmeversion"
SHOWN = "('approved', 'retired')"
EVENTS = {"insert": "NEW", "update": "NEW", "delete": "OLD"}

# The first number is the hour, in milliseconds: emptied and filled again, a database
# never comes back to a number it had before.
GROW = f"""
INSERT INTO {EDITION} (id, number) VALUES (1, {{hour}})
ON CONFLICT (id) DO UPDATE SET number = {EDITION}.number + 1
"""  # noqa: S608 -- made of constants
POSTGRES_GROW = GROW.format(
    hour="(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
)
SQLITE_GROW = GROW.format(
    hour="CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
)
POSTGRES = f"""
CREATE FUNCTION mikrokraad_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {POSTGRES_GROW}; RETURN NULL; END $$;
CREATE FUNCTION mikrokraad_new_edition_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM touched WHERE state IN {SHOWN}) THEN {POSTGRES_GROW}; END IF;
  RETURN NULL;
END $$;
"""  # noqa: S608 -- made of constants
# Once a statement, however many rows it touches: bulk work stays fast.
POSTGRES_TABLE = """
CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION mikrokraad_new_edition();
"""
POSTGRES_VERSION = """
CREATE TRIGGER new_edition_{event} AFTER {event} ON {table}
REFERENCING {row} TABLE AS touched
FOR EACH STATEMENT EXECUTE FUNCTION mikrokraad_new_edition_of_version();
"""
SQLITE_TABLE = (
    "CREATE TRIGGER new_edition_{table}_{event} AFTER {event} ON {table} "
    "{when} BEGIN {grow}; END"
)


def _postgres() -> str:
    tables = [POSTGRES_TABLE.format(table=f"catalogue_{name}") for name in TABLES]
    versions = [
        POSTGRES_VERSION.format(table=VERSION, event=event, row=row)
        for event, row in EVENTS.items()
    ]
    return POSTGRES + "".join([*tables, *versions])


def _sqlite():
    watched = {f"catalogue_{name}": "" for name in TABLES}
    watched[VERSION] = f"WHEN {{row}}.state IN {SHOWN}"
    for table, when in watched.items():
        for event, row in EVENTS.items():
            yield SQLITE_TABLE.format(
                table=table, event=event, when=when.format(row=row), grow=SQLITE_GROW
            )


def watch(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_postgres(), params=None)
        return
    for statement in _sqlite():
        editor.execute(statement, params=None)


def look_away(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "DROP FUNCTION mikrokraad_new_edition CASCADE; "
            "DROP FUNCTION mikrokraad_new_edition_of_version CASCADE",
            params=None,
        )
        return
    for table in [*(f"catalogue_{name}" for name in TABLES), VERSION]:
        for event in EVENTS:
            editor.execute(f"DROP TRIGGER new_edition_{table}_{event}")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_give_summer_schools_a_letter")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                ),
                ("number", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.RunPython(watch, look_away),
    ]
