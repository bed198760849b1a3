"""The clock of alerts: safe to run at any time, twice. Letters go out in working hours."""

from datetime import datetime

from mikrokraad.catalogue.alerts import actions
from mikrokraad.core.calendar import in_working_hours


def tick(*, at: datetime) -> list[str]:
    said = [
        (actions.end_what_is_over(at=at), "alerts ended."),
        (actions.forget_unconfirmed(at=at), "alerts that nobody confirmed went."),
    ]
    if in_working_hours(at) == at:
        said += [
            (actions.tell_of_openings(at=at), "people were told of an opening."),
            (actions.remind_of_deadlines(at=at), "people were told of a deadline."),
            (actions.tell_of_new_programmes(at=at), "saved searches found more."),
            (actions.ask_whether_to_go_on(at=at), "saved searches asked to go on."),
        ]
    return [f"{count} {words}" for count, words in said if count]
