"""The pass for a database really runs on that database, with the rules that it keeps."""

import pytest
from django.db import connection

from conftest import wanted_vendor


@pytest.mark.django_db
def test_this_pass_runs_on_the_database_it_is_for() -> None:
    assert connection.vendor == wanted_vendor()


@pytest.mark.django_db
def test_foreign_keys_are_checked() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
    else:
        assert connection.features.supports_foreign_keys
