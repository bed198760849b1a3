"""Doors to studies: enrol, enter and confirm results, correct, decide, end."""

from mikrokraad.studies.actions.choosing import choose_electives
from mikrokraad.studies.actions.completing import (
    decide_completion,
    decide_what_is_ready,
)
from mikrokraad.studies.actions.ending import (
    cancel,
    end_studies,
    end_with_the_run,
    give_back,
    interrupt,
    settle_ending,
)
from mikrokraad.studies.actions.enrolling import open_enrolment, start_studies
from mikrokraad.studies.actions.grading import (
    confirm_results,
    correct_result,
    enter_grade,
    enter_grades,
)

__all__ = [
    "cancel",
    "choose_electives",
    "confirm_results",
    "correct_result",
    "decide_completion",
    "decide_what_is_ready",
    "end_studies",
    "end_with_the_run",
    "enter_grade",
    "enter_grades",
    "give_back",
    "interrupt",
    "open_enrolment",
    "settle_ending",
    "start_studies",
]
