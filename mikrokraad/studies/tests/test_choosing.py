"""Elective courses: chosen by the learner, with a seat in each, all or none."""

from uuid import UUID

import pytest
from django.test import Client

from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats import invariants as seats
from mikrokraad.seats.actions import open_capacity
from mikrokraad.seats.queries import left_in_sections
from mikrokraad.seats.rules import HoldHasExpired, NoSeatLeft
from mikrokraad.seats.tests.factories import open_places
from mikrokraad.studies import actions, choices
from mikrokraad.studies.models import Enrolment
from mikrokraad.studies.rules import EnrolmentState, HasResult, NotToChoose
from mikrokraad.studies.tests import factories as made

pytestmark = pytest.mark.django_db


def run_to_choose_in(lecturer: str = "Kaarel") -> Run:
    """Two required courses of 6 ECTS, and two to choose at least one from."""
    version = catalogue.version(ects=18)
    catalogue.elective_group(version)
    run = catalogue.run(version)
    open_places(run, 20, in_sections=20)
    teacher = made.lecturer(lecturer)
    for section in run.sections.all():
        section.teachers.add(teacher)
    return run


def choose(enrolment: Enrolment, *sections: CourseSection) -> None:
    actions.choose_electives(
        enrolment, [s.pk for s in sections], by=enrolment.person, at=clock.now()
    )


def taken_by(enrolment: Enrolment) -> set[UUID]:
    return set(enrolment.section_places.values_list("section", flat=True))


def left(section: CourseSection) -> int:
    return left_in_sections([section], at=clock.now())[section.pk]


def test_choosing_takes_a_seat_and_counts_as_a_course() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first, second = choices.electives_in(enrolment.run)

    choose(enrolment, first)
    choose(enrolment, first)

    assert left(first) == 19
    assert left(second) == 20
    assert first.pk in taken_by(enrolment)
    assert list(seats.broken(at=clock.now())) == []


def test_another_choice_gives_the_first_seat_back() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first, second = choices.electives_in(enrolment.run)

    choose(enrolment, first)
    choose(enrolment, second)

    assert (left(first), left(second)) == (20, 19)
    assert len(taken_by(enrolment)) == 3


def test_a_full_course_is_named_and_nothing_changes() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first, second = choices.electives_in(enrolment.run)
    choose(enrolment, first)
    open_capacity(second, 0, by=None, at=clock.now())

    with pytest.raises(NoSeatLeft, match="Elective 2"):
        choose(enrolment, second)

    assert left(first) == 19
    assert first.pk in taken_by(enrolment)


def test_a_course_with_a_result_stays() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first, second = choices.electives_in(enrolment.run)
    choose(enrolment, first)
    place = enrolment.section_places.get(section=first)
    actions.enter_grade(place, "A", by=first.teachers.get(), at=made.EXAM_WEEK)

    with pytest.raises(HasResult, match="Elective 1"):
        choose(enrolment, second)

    assert first.pk in taken_by(enrolment)


def test_only_what_the_run_offers_can_be_chosen() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    required = made.places_of(enrolment)[0].section

    for section in (required, catalogue.section()):
        with pytest.raises(NotToChoose):
            choose(enrolment, section)

    assert len(taken_by(enrolment)) == 2


def test_who_has_left_chooses_nothing() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first = choices.electives_in(enrolment.run)[0]
    actions.cancel(enrolment, reason="moves", by=None, at=clock.now())
    enrolment.refresh_from_db()

    with pytest.raises((NotToChoose, HoldHasExpired)):
        choose(enrolment, first)

    assert left(first) == 20


def test_leaving_gives_the_chosen_seat_back_too() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    first = choices.electives_in(enrolment.run)[0]
    choose(enrolment, first)

    actions.cancel(enrolment, reason="moves", by=None, at=clock.now())

    assert left(first) == 20


def test_with_the_chosen_course_passed_it_is_a_certificate() -> None:
    enrolment = made.enrolment(run_to_choose_in())
    choose(enrolment, choices.electives_in(enrolment.run)[1])

    made.confirmed(enrolment, "A", "B", "C")

    assert enrolment.state == EnrolmentState.COMPLETED
    assert enrolment.completion.passed_ects == 18


def test_the_page_says_what_is_missing_and_saves_the_choice(client: Client) -> None:
    enrolment = made.enrolment(run_to_choose_in(), people.person())
    first = choices.electives_in(enrolment.run)[0]
    sign_in(client, enrolment.person)
    page = f"/en/my/studies/{enrolment.pk}/"

    assert "6 ECTS more" in client.get(page).content.decode()
    assert "seats left: 20" in client.get(f"{page}courses/").content.decode()
    answer = client.post(f"{page}courses/", {"group-0": [str(first.pk)]})

    assert answer.headers["Location"] == page
    assert "6 ECTS more" not in client.get(page).content.decode()


def test_the_page_of_somebody_else_is_not_there(client: Client) -> None:
    enrolment = made.enrolment(run_to_choose_in())
    sign_in(client, people.person("Rita"))

    assert client.get(f"/en/my/studies/{enrolment.pk}/courses/").status_code == 404
