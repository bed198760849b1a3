"""What was approved never changes (C1): nor the words of a version, nor its parts."""

from django.db import migrations

VERSION = "catalogue_programmeversion"
WORDS = (
    "programme_id, major, minor, title, lead, content, for_whom, ects, field_id, "
    "eqf_level, participation, assessment_type, quality_assurance, supervision, "
    "minimum_education, approved_at"
)
PARTS = ("outcome", "requirement", "question", "electivegroup", "component")
APPROVED = "('approved', 'retired')"
SAID = "an approved version never changes"

POSTGRES = f"""
CREATE OR REPLACE FUNCTION mikrokraad_approved_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN {APPROVED} THEN
    RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION mikrokraad_approved_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {VERSION} WHERE id = OLD.version_id AND state IN {APPROVED}) THEN
    RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approved_version_stays BEFORE UPDATE OF {WORDS} OR DELETE ON {VERSION}
FOR EACH ROW EXECUTE FUNCTION mikrokraad_approved_version();
"""  # noqa: S608 -- made of constants
POSTGRES_PART = """
CREATE TRIGGER approved_{part}_stays BEFORE UPDATE OR DELETE ON catalogue_{part}
FOR EACH ROW EXECUTE FUNCTION mikrokraad_approved_part();
"""
SQLITE = (
    "CREATE TRIGGER approved_{name}_{verb} BEFORE {event} ON {table} WHEN {when} "
    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
)
PART_IS_APPROVED = f"EXISTS (SELECT 1 FROM {VERSION} WHERE id = OLD.version_id AND state IN {APPROVED})"  # noqa: S608 -- made of constants


def _sqlite():
    """The triggers of SQLite: name of each, and the statement that makes it."""
    guarded = [("version", VERSION, f"UPDATE OF {WORDS}", f"OLD.state IN {APPROVED}")]
    guarded += [
        (part, f"catalogue_{part}", "UPDATE", PART_IS_APPROVED) for part in PARTS
    ]
    for name, table, update, when in guarded:
        for verb, event in (("update", update), ("delete", "DELETE")):
            yield (
                f"approved_{name}_{verb}",
                SQLITE.format(
                    name=name, verb=verb, event=event, table=table, when=when
                ),
            )


def freeze(_apps, editor):
    if editor.connection.vendor == "postgresql":
        parts = [POSTGRES_PART.format(part=part) for part in PARTS]
        editor.execute(POSTGRES + "".join(parts), params=None)
        return
    for _name, statement in _sqlite():
        editor.execute(statement, params=None)


def thaw(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER approved_version_stays ON {VERSION}")
        for part in PARTS:
            editor.execute(f"DROP TRIGGER approved_{part}_stays ON catalogue_{part}")
        return
    for name, _statement in _sqlite():
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(freeze, thaw)]
