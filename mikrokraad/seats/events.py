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
    """The time of a held bundle has run out; its places are about to be released.

    A reaction looks for itself whether that is still so, and may release them.
    """

    bundle_id: UUID
    at: datetime
