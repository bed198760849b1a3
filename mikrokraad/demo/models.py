"""The demonstration's own tables: its mailbox, its clock, and its card provider."""

from django.db import models


class Mail(models.Model):
    """A message that would have been sent."""

    to = models.EmailField(db_index=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"mail {self.pk}"


class ClockOffset(models.Model):
    """How far the demonstration's clock is ahead. One row, id 1."""

    seconds = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.seconds} s"


class CardOrder(models.Model):
    """What the simulated payment provider knows: an order of a shop."""

    id = models.CharField(max_length=40, primary_key=True)
    merchant_reference = models.CharField(max_length=80)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=12, default="PENDING")
    return_url = models.URLField(max_length=500)
    notification_url = models.URLField(max_length=500)
    language = models.CharField(max_length=2, default="et")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"order {self.pk} ({self.status})"
