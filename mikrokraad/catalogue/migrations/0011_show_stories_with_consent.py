"""Tell stories with pictures, of several programmes, and show none without consent."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import TruncDate

import mikrokraad.core.texts

edition = import_module("mikrokraad.catalogue.migrations.0005_number_what_is_shown")
TABLE = "catalogue_story"


def note_consent(apps, _editor):
    """Whatever is shown already was told to be shown with consent: since that day."""
    Story = apps.get_model("catalogue", "Story")
    shown = Story.objects.filter(published_at__isnull=False)
    shown.update(consent_on=TruncDate("published_at"))


def watch_again(_apps, editor):
    """SQLite makes the table anew for a constraint, and loses its triggers."""
    if editor.connection.vendor != "sqlite":
        return
    for event in edition.EVENTS:
        editor.execute(f"DROP TRIGGER IF EXISTS new_edition_{TABLE}_{event}")
        editor.execute(
            edition.SQLITE_TABLE.format(
                table=TABLE, event=event, when="", grow=edition.SQLITE_GROW
            ),
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0010_find_the_next_to_open"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="also",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="catalogue.programme"
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="consent_noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="consent_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="story",
            name="picture",
            field=models.FileField(blank=True, max_length=200, upload_to=""),
        ),
        migrations.AddField(
            model_name="story",
            name="picture_text",
            field=mikrokraad.core.texts.TextField(blank=True, default=dict),
        ),
        migrations.RunPython(note_consent, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None),
                    ("consent_on__isnull", False),
                    _connector="OR",
                ),
                name="stories_are_shown_with_consent_alone",
            ),
        ),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
    ]
