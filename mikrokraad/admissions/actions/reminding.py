"""Reminders: whose move it is, two working days before the day."""

from datetime import datetime

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.steps import tell
from mikrokraad.core.calendar import add_working_days, day_of, end_of, in_working_hours

WORKING_DAYS_BEFORE = 2


def remind(*, at: datetime) -> int:
    """Write to applicants whose move is due soon, once per day set. How many."""
    soon = end_of(add_working_days(day_of(at), WORKING_DAYS_BEFORE))
    written = 0
    for application in queries.moves_due_before(soon, at=at):
        due = application.move_by
        assert due is not None  # the query asked for it
        if day_of(application.changed_at) == day_of(at):
            continue  # they heard of it today
        letter = tell(
            application,
            "reminder",
            at=at,
            once=due.isoformat(),
            due_at=in_working_hours(at),
            move=queries.whose_move(application),
        )
        written += letter.created_at == at
    return written
