"""Summer schools that are there already give a letter of acceptance. One row; safe twice."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    kind = apps.get_model("catalogue", "Kind")
    kind.objects.filter(code="summer-school").update(acceptance_letter=True)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_let_kinds_say_who_gets_a_letter")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
