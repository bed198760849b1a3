"""Confirmed results are only ever added to."""

from django.db import migrations

from mikrokraad.core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("studies", "0001_initial")]

    operations = [append_only("studies_result")]
