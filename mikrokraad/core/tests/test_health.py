"""Is it alive, and can it serve?"""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from mikrokraad.core import outbox
from mikrokraad.core.models import Delivery

LONG = timedelta(minutes=11)


def test_alive_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_all_is_well(client: Client, noon: datetime) -> None:
    outbox.put("letter", key="a", payload={}, at=noon)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrated": True, "outbox_moves": True}


@pytest.mark.django_db
def test_not_ready_while_the_outbox_stands_still(
    client: Client, noon: datetime
) -> None:
    message = outbox.put("letter", key="a", payload={}, at=noon - LONG)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["outbox_moves"]) == (503, False)

    message.state = Delivery.DEAD  # for staff to look at, not for the load balancer
    message.save()
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_before_it_is_migrated(client: Client) -> None:
    newest = MigrationLoader(connection).graph.leaf_nodes("core")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "database": True,
        "migrated": False,
        "outbox_moves": False,
    }


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("no connection")

    with connection.execute_wrapper(away):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": False})
