"""What others may want to know about what is offered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class RunPublished:
    """A planned run has been published, with so many places."""

    run_id: UUID
    places: int
    at: datetime
