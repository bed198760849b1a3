"""When the text of a message was forgotten; who is looked for by age has an index."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("core", "0002_share_the_cache")]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                name="outbox_with_text",
                fields=["created_at"],
                condition=Q(forgotten_at__isnull=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                name="what_is_forgotten_does_not_wait",
                condition=Q(forgotten_at__isnull=True) | ~Q(state="waiting"),
            ),
        ),
    ]
