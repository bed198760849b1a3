"""What others may want to know about places."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class SeatsFreed:
    """Places of these runs have become free, or may have."""

    run_ids: tuple[UUID, ...]
    at: datetime


@dataclass(frozen=True)
class HoldExpired:
    """A bundle was held, its time ran out, and its places were released."""

    bundle_id: UUID
    at: datetime
