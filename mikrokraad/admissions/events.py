"""What others may want to know about applications."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PlaceCalledOff:
    """A run does not take place, and this person's place in it has ended."""

    person_id: UUID
    run_id: UUID
    by_id: UUID | None
    at: datetime


@dataclass(frozen=True)
class ApplicantEnrolled:
    """Somebody has a confirmed place and has met the payment rule."""

    application_id: UUID
    person_id: UUID
    run_id: UUID
    bundle_id: UUID
    at: datetime
