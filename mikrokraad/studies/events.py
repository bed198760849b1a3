"""What others may want to know about studies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ResultsConfirmed:
    """A lecturer has confirmed results of a section."""

    section_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CompletionDecided:
    """What an enrolment has earned is decided, for the first time or again."""

    completion_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class ResultCorrected:
    """A confirmed result was corrected; an issued credential has to be looked at (R2)."""

    enrolment_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentEnded:
    """Studies were interrupted, or cancelled before the start."""

    enrolment_id: UUID
    at: datetime
