"""The ledger only grows, and every entry sums to zero."""

from django.db import migrations

from mikrokraad.core.triggers import append_only
from mikrokraad.fees.ledger_triggers import balanced_entries


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]

    operations = [
        append_only("fees_ledgerentry"),
        append_only("fees_posting"),
        balanced_entries(),
    ]
