"""What is offered, and when: programmes, versions, courses, intakes, runs, prices."""

from mikrokraad.catalogue.models.arrivals import Arrivals
from mikrokraad.catalogue.models.edition import Edition
from mikrokraad.catalogue.models.found import SearchWord, Synonyms
from mikrokraad.catalogue.models.held import (
    CourseSection,
    Intake,
    PriceLine,
    Run,
    RunSection,
    Session,
    Term,
)
from mikrokraad.catalogue.models.offered import (
    Component,
    Course,
    ElectiveGroup,
    Field,
    Kind,
    Outcome,
    Programme,
    ProgrammeVersion,
    Question,
    Requirement,
    Story,
)

__all__ = [
    "Arrivals",
    "Component",
    "Course",
    "CourseSection",
    "Edition",
    "ElectiveGroup",
    "Field",
    "Intake",
    "Kind",
    "Outcome",
    "PriceLine",
    "Programme",
    "ProgrammeVersion",
    "Question",
    "Requirement",
    "Run",
    "RunSection",
    "SearchWord",
    "Session",
    "Story",
    "Synonyms",
    "Term",
]
