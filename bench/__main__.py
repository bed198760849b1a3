"""`python -m bench`: measure, print a table, keep build/bench.json.

`--sizes 100,10000,100000` measures only the pages of catalogues of these sizes.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mikrokraad.config.settings_test")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from bench import crypto, rush, search, seats, sizes, web  # noqa: E402
from bench.measure import Row  # noqa: E402

KEPT = Path(__file__).resolve().parent.parent / "build" / "bench.json"


def table(rows: list[Row]) -> str:
    width = max(len(r["name"]) for r in rows)
    lines = [
        f"{r['name']:<{width}}  {r['seconds'] * 1000:>9.3f} ms  {r['times']:>8.2f} x {r['beside']}"
        for r in rows
    ]
    return "\n".join(lines)


def asked_for() -> list[Row]:
    if "--sizes" in sys.argv:
        wanted = sys.argv[sys.argv.index("--sizes") + 1]
        return sizes.measure([int(size) for size in wanted.split(",")])
    call_command("demo", verbosity=0)
    rows = [*search.measure(), *web.measure(), *seats.measure(), *crypto.measure()]
    crowds = connection.vendor == "postgresql"
    return [*rows, *rush.measure()] if crowds else rows


def main() -> None:
    """In a database of its own. Django's test environment is not set up: it would watch
    every template that is rendered, and pages would be measured with that."""
    name = connection.creation.create_test_db(verbosity=0)
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            rows = asked_for()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"\n{connection.vendor}, {settings.TIME_ZONE}\n{table(rows)}")  # noqa: T201
    kept = json.loads(KEPT.read_text()) if KEPT.exists() and "--add" in sys.argv else []
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(
        json.dumps([*kept, {"database": connection.vendor, "rows": rows}], indent=1)
    )


if __name__ == "__main__":
    main()
