"""Staff enter an application for somebody who came with paper or called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.admissions import queries
from mikrokraad.admissions.actions.drafts import save_section, start_application
from mikrokraad.admissions.actions.steps import tell
from mikrokraad.admissions.models import Application, EnteredFor
from mikrokraad.admissions.rules import AlreadyApplied
from mikrokraad.admissions.trying import Tried
from mikrokraad.catalogue.models import Run
from mikrokraad.people.actions import change_details, welcome
from mikrokraad.people.models import Person
from mikrokraad.people.register import record


@dataclass(frozen=True)
class Told:
    """What stands on the paper, or was said."""

    email: str
    how: str
    language: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    education_about: str = ""


@transaction.atomic
def enter_for(
    run: Run,
    told: Told,
    *,
    tried: Tried,
    questions: Mapping[str, str],
    by: Person,
    at: datetime,
) -> Application:
    """A draft with somebody's answers, and a letter that leads them to it.

    They read it through and send it themselves: that confirms it. A person who is known
    keeps their name. Refuses with AlreadyApplied and ApplicationsClosed.
    """
    person = welcome(told.email, language=told.language, at=at)
    if queries.live_application(run, person):
        raise AlreadyApplied(
            _(
                "This person has an application to this run already. Look for their name."
            )
        )
    if not person.family_name:
        change_details(
            person,
            given_name=told.given_name,
            family_name=told.family_name,
            birth_date=told.birth_date,
            by=by,
            at=at,
        )
    made = start_application(run, person=person, by=by, at=at, tried=tried)
    _keep(made, told, questions, by=by, at=at)
    EnteredFor.objects.create(application=made, by=by, how=told.how, at=at)
    record("application: entered for", made, by=by, at=at, how=told.how)
    tell(made, "entered", at=at, once="entered", by=by, how=told.how)
    return made


def _keep(
    made: Application,
    told: Told,
    questions: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    if told.education_about:
        words = {"education_about": told.education_about}
        save_section(made, "education", words, by=by, at=at, typing=True)
    if questions:
        save_section(made, "questions", questions, by=by, at=at, typing=True)
