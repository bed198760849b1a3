"""Saved searches ask whether to go on, and end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_show_stories_with_consent")]

    operations = [
        migrations.AddField(
            model_name="alert",
            name=name,
            field=models.DateTimeField(blank=True, null=True),
        )
        for name in ("renewed_at", "asked_again_at")
    ]
