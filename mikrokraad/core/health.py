"""Is it alive, and can it serve? For load balancers and those who watch."""

from datetime import timedelta

from django.db import connection
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
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    waiting_since = clock.now() - PATIENCE
    late = OutboxMessage.objects.filter(
        state=Delivery.WAITING, due_at__lt=waiting_since
    ).count()
    checks = {"migrated": not pending, "outbox_moves": late == 0}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)
