"""Elective courses: the learner chooses, and has a seat in what was chosen."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mikrokraad.core.texts import said
from mikrokraad.people.models import Person
from mikrokraad.people.register import record
from mikrokraad.seats.actions import choose_sections
from mikrokraad.seats.queries import bundle_of
from mikrokraad.studies import choices, rules
from mikrokraad.studies.actions.steps import locked_enrolment
from mikrokraad.studies.models import Enrolment, SectionPlace
from mikrokraad.studies.rules import EnrolmentState


@transaction.atomic
def choose_electives(
    enrolment: Enrolment, sections: Collection[UUID], *, by: Person, at: datetime
) -> None:
    """Let exactly these be the elective courses of an enrolment, all or none.

    Refuses with `NotToChoose`, `HasResult`, `NoSeatLeft` or `HoldHasExpired`, and then
    leaves everything as it was.
    """
    locked = locked_enrolment(enrolment)
    rules.require_live(EnrolmentState(locked.state))
    offered = {each.pk: each for each in choices.electives_in(locked.run)}
    rules.require_to_choose(sections, offered)
    places = {
        place.section_id: place
        for place in locked.section_places.filter(section__in=offered)
    }
    if set(sections) == set(places):
        return  # pressed twice
    given_up = [place for pk, place in places.items() if pk not in sections]
    for place in given_up:
        _give_up(place)
    bundle = bundle_of(locked.run, locked.person)
    claims = choose_sections(bundle, [offered[pk] for pk in sections], at=at)
    for pk in sections:
        if pk not in places:
            SectionPlace.objects.create(
                enrolment=locked, section=offered[pk], claim=claims[pk]
            )
    chosen = sorted(offered[pk].code for pk in sections)
    record("studies.electives.chosen", locked, by=by, at=at, sections=chosen)


def _give_up(place: SectionPlace) -> None:
    rules.require_no_result(
        said(place.section.course.title),
        has_result=bool(place.entered_grade) or place.results.exists(),
    )
    place.delete()
