"""Seat rules: who holds a place, and who is next. Pure."""

from django.db import models

from mikrokraad.core.errors import Refusal

STUDIES_ENDED = "studies ended"  # why an enrolled person's places were released


class ClaimState(models.TextChoices):
    HELD = "held"
    CONFIRMED = "confirmed"
    RELEASED = "released"


class Waiting(models.TextChoices):
    WAITING = "waiting"
    OFFERED = "offered"
    PLACED = "placed"
    LEFT = "left"
    SKIPPED = "skipped"


class NoSeatLeft(Refusal):
    """There is no place. `bottleneck` names the unit that is full."""

    code = "no-seat-left"

    def __init__(self, message: str, *, bottleneck: str = "") -> None:
        super().__init__(message)
        self.bottleneck = bottleneck


class HoldHasExpired(Refusal):
    code = "hold-has-expired"
