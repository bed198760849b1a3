"""What dates do to studies: they begin, and what is fully assessed is decided."""

from datetime import datetime

from mikrokraad.core.calendar import day_of
from mikrokraad.studies import actions, queries
from mikrokraad.studies.rules import ResultsMissing


def tick(*, at: datetime) -> list[str]:
    started = decided = 0
    for enrolment in queries.to_start(at_day=day_of(at)):
        actions.start_studies(enrolment, by=None, at=at)
        started += 1
    for enrolment in queries.to_decide():
        try:
            actions.decide_completion(enrolment, by=None, at=at)
        except ResultsMissing:
            continue  # electives can still be chosen
        decided += 1
    done = []
    if started:
        done.append(f"{started} learners began their studies.")
    if decided:
        done.append(f"{decided} completions decided.")
    return done
