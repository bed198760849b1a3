"""Find the next run that opens at once, however many runs there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_keep_alerts")]

    operations = [
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False)),
                fields=["opens_at"],
                name="next_to_open",
            ),
        ),
    ]
