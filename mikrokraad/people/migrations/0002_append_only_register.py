"""The register only grows."""

from django.db import migrations

from mikrokraad.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [append_only("people_registerentry")]
