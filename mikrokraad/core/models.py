"""Tables that know nothing of the domain: the outbox, the policies and the cache."""

from django.db import models
from django.db.models import Q


class Delivery(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class OutboxMessage(models.Model):
    """Something to do outside, once the transaction that asked for it is kept.

    Delivered at least once: the receiver is told `key` and must forget doubles. Once
    its text is forgotten, `payload` holds only which it was, and the id of whom it was for.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=100, blank=True, db_index=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=Delivery, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="outbox_waiting",
                fields=["due_at"],
                condition=Q(state="waiting"),
            ),
            models.Index(
                name="outbox_with_text",
                fields=["created_at"],
                condition=Q(forgotten_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="sent_messages_say_when",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_forgotten_does_not_wait",
                condition=Q(forgotten_at__isnull=True) | ~Q(state="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.state})"


class PolicyVersion(models.Model):
    """One dated version of a house rule; whatever is computed names the version."""

    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    valid_from = models.DateTimeField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_policy_version_per_number", fields=["key", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} version {self.number}"


class CachedValue(models.Model):
    """A row of Django's database cache, which all processes share.

    Tries at signing in are counted here. The columns are those that
    `django.core.cache.backends.db` wants; only it writes them.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
