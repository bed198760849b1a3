"""Is it alive, and can it serve? For load balancers and those who watch."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from mikrokraad.core import clock
from mikrokraad.core.models import Delivery, OutboxMessage

PATIENCE = timedelta(minutes=10)


@never_cache
def healthz(_request: HttpRequest) -> JsonResponse:
    """Alive."""
    return JsonResponse({"alive": True})


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Able to serve: the database answers, is migrated, and the outbox moves."""
    try:
        migrated = _migrated()
        checks = {
            "database": True,
            "migrated": migrated,
            "outbox_moves": migrated and _moves(),
        }
    except DatabaseError:
        checks = {"database": False}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _moves() -> bool:
    waiting = OutboxMessage.objects.filter(state=Delivery.WAITING)
    return not waiting.filter(due_at__lt=clock.now() - PATIENCE).exists()
