"""House rules as dated data, so that an amount can be explained years later."""

from datetime import datetime
from typing import Any

from mikrokraad.core.models import PolicyVersion


def policy(key: str, *, at: datetime) -> PolicyVersion:
    """The version of `key` in force at `at`.

    Errors: PolicyVersion.DoesNotExist if nobody ever set it (a fault of ours).
    """
    return (
        PolicyVersion.objects.filter(key=key, valid_from__lte=at)
        .order_by("-valid_from", "-number")[:1]
        .get()
    )


def set_policy(
    key: str, body: dict[str, Any], *, valid_from: datetime, source: str = ""
) -> PolicyVersion:
    """Keep a new version, unless the newest says the same already."""
    newest = PolicyVersion.objects.filter(key=key).order_by("-number").first()
    if newest is not None and newest.body == body:
        return newest
    kept, _created = PolicyVersion.objects.get_or_create(
        key=key,
        number=newest.number + 1 if newest else 1,
        defaults={"body": body, "valid_from": valid_from, "source": source},
    )
    return kept
