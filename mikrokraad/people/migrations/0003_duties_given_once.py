"""Each duty once, on SQLite too: it knows no unique constraint that counts nulls."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_append_only_register"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="role",
            name="a_duty_is_given_once",
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                fields=("person", "duty", "unit"), name="a_duty_is_given_once_in_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit__isnull", True)),
                fields=("person", "duty"),
                name="a_duty_is_given_once_everywhere",
            ),
        ),
    ]
