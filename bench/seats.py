"""Taking a place (run and its sections) against the same rows in plain SQL."""

import uuid
from datetime import timedelta
from itertools import count

from django.db import connection, transaction

from bench.measure import Row, row, wall_seconds
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions
from mikrokraad.seats.models import CapacityUnit

MANY = 100_000
TIMES = 60


def measure() -> list[Row]:
    at = clock.now()
    until = at + timedelta(days=7)
    run = catalogue.run()
    actions.open_capacity(run, MANY, by=None, at=at)
    for section in run.sections.all():
        actions.open_capacity(section, MANY, by=None, at=at)
    units = list(
        CapacityUnit.objects.filter(run=run).values_list("pk", flat=True)
    ) + list(
        CapacityUnit.objects.filter(section__in=run.sections.all()).values_list(
            "pk", flat=True
        )
    )
    crowd = [people.person() for _n in range(2 * TIMES * 6 + 10)]
    turn = count()

    def ours() -> None:
        actions.take_bundle(run, crowd[next(turn)], hold_until=until, at=at)

    def plain() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            take_in_sql(cursor, run.pk, crowd[next(turn)].pk, units, at, until)

    mine = wall_seconds(ours, count=TIMES)
    bare = wall_seconds(plain, count=TIMES)
    name = f"taking a place with {len(units) - 1} sections ({connection.vendor})"
    return [row(name, mine, "the same rows in plain SQL", bare)]


def take_in_sql(cursor, run, person, units, at, until) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Lock, count, insert: what the action must do at the least."""
    marks = ", ".join(["%s"] * len(units))
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    bundle = uuid.uuid4()
    own = [
        str(v) if connection.vendor == "postgresql" else v.hex
        for v in (bundle, run, person)
    ]
    cursor.execute(
        f"SELECT id, size FROM seats_capacityunit WHERE id IN ({marks}) ORDER BY id{lock}",  # noqa: S608
        units,
    )
    sizes = dict(cursor.fetchall())
    cursor.execute(
        f"SELECT unit_id, count(*) FROM seats_seatclaim WHERE unit_id IN ({marks}) AND "  # noqa: S608
        "(state = 'confirmed' OR (state = 'held' AND held_until > %s)) GROUP BY unit_id",
        [*units, at],
    )
    assert all(taken < sizes[unit] for unit, taken in cursor.fetchall())
    cursor.execute(
        "INSERT INTO seats_bundle (id, run_id, person_id, at) VALUES (%s, %s, %s, %s)",
        [own[0], own[1], own[2], at],
    )
    for unit in units:
        cursor.execute(
            "INSERT INTO seats_seatclaim (unit_id, bundle_id, person_id, outside_id, state, held_until, at, release_reason) "
            "VALUES (%s, %s, %s, '', 'held', %s, %s, '')",
            [unit, own[0], own[2], until, at],
        )
