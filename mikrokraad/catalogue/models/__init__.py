"""What is offered, and when: programmes, versions, courses, intakes, runs, prices."""

from mikrokraad.catalogue.models.alerts import Alert, AlertTold
from mikrokraad.catalogue.models.arrivals import Arrivals
from mikrokraad.catalogue.models.checked import (
    PublishCheck,
    RegisterRecord,
    WouldNotPublish,
)
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
from mikrokraad.catalogue.models.planned import PlannedRun
from mikrokraad.catalogue.models.written import Review, ReviewComment, Writing

__all__ = [
    "Alert",
    "AlertTold",
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
    "PlannedRun",
    "PriceLine",
    "Programme",
    "ProgrammeVersion",
    "PublishCheck",
    "Question",
    "RegisterRecord",
    "Requirement",
    "Review",
    "ReviewComment",
    "Run",
    "RunSection",
    "SearchWord",
    "Session",
    "Story",
    "Synonyms",
    "Term",
    "WouldNotPublish",
    "Writing",
]
