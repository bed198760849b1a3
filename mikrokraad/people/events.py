"""What others may want to know about people and the institution."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InstitutionFounded:
    """The university of this installation has been named, for the first time."""

    at: datetime
