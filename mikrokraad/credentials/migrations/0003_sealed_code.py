"""Room for the sealed personal code beside the frozen facts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_frozen_facts")]

    operations = [
        migrations.AddField(
            model_name="credential",
            name="sealed_code",
            field=models.BinaryField(blank=True, null=True),
        ),
    ]
