"""What is over goes away: cached values, sessions, texts of letters sent long ago."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from mikrokraad.core import outbox
from mikrokraad.core.models import CachedValue


def tick(*, at: datetime) -> list[str]:
    """Safe to run at any time, twice."""
    CachedValue.objects.filter(expires__lt=at).delete()
    SessionStore.clear_expired()  # in real time, as sessions are
    forgotten = outbox.forget_old(at=at)
    return [f"{forgotten} texts of letters were forgotten."] if forgotten else []
