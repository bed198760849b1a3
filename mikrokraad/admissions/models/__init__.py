"""Who asks for a place, with what evidence, and what was decided; and who only asks."""

from mikrokraad.admissions.models.applying import (
    ENDED,
    AcceptanceLetter,
    Application,
    Decision,
    Evidence,
    Message,
    Outcome,
)
from mikrokraad.admissions.models.deciding import Condition
from mikrokraad.admissions.models.enquiring import Enquiry
from mikrokraad.admissions.models.entering import EnteredFor
from mikrokraad.admissions.models.going import GroupDecision, GroupOutcome
from mikrokraad.admissions.models.leaving import Deferral, Withdrawal
from mikrokraad.admissions.models.noting import Note
from mikrokraad.admissions.models.ordering import Criterion, Lottery, Score

__all__ = [
    "ENDED",
    "AcceptanceLetter",
    "Application",
    "Condition",
    "Criterion",
    "Decision",
    "Deferral",
    "Enquiry",
    "EnteredFor",
    "Evidence",
    "GroupDecision",
    "GroupOutcome",
    "Lottery",
    "Message",
    "Note",
    "Outcome",
    "Score",
    "Withdrawal",
]
