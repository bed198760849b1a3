"""Work shared among staff: assignment, notes, the clock that stands still, many at once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mikrokraad.admissions import actions
from mikrokraad.admissions.actions import Act
from mikrokraad.admissions.models import Decision, Note
from mikrokraad.admissions.rules import CannotBeAssigned, ReasonsNeeded, State
from mikrokraad.admissions.tests import factories as made
from mikrokraad.core import clock
from mikrokraad.core.calendar import add_working_days, day_of, end_of
from mikrokraad.people.models import Duty
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in

pytestmark = pytest.mark.django_db
QUEUE = "office:admissions_queue"


def test_a_question_stops_the_clock_for_the_working_days_waited() -> None:
    case, staff, at = made.under_review(), made.officer(), clock.now()
    due = case.move_by
    assert due is not None
    actions.ask(case, "Which year?", by=staff, at=at)
    answered = at + timedelta(days=8)

    actions.answer(made.fresh(case), "2012.", by=case.person, at=answered)

    last = day_of(due - timedelta(seconds=1))
    waited = 6  # 25-27 November, 30 November - 2 December
    assert made.fresh(case).move_by == end_of(add_working_days(last, waited))


def test_an_answer_on_the_same_day_moves_nothing() -> None:
    case, at = made.under_review(), clock.now()
    actions.ask(case, "Which year?", by=made.officer(), at=at)

    actions.answer(made.fresh(case), "2012.", by=case.person, at=at)

    assert made.fresh(case).move_by == case.move_by


def test_whoever_may_not_read_a_case_is_not_given_it() -> None:
    case, mari = made.submitted(), made.officer()
    elsewhere = people.staff(Duty.OFFICER, unit=people.unit("KUL"))

    with pytest.raises(CannotBeAssigned):
        actions.assign(case, to=elsewhere, by=mari, at=clock.now())
    actions.assign(case, to=mari, by=mari, at=clock.now())

    assert made.fresh(case).assigned_to == mari


def test_notes_need_words_and_are_kept_once() -> None:
    case, mari = made.submitted(), made.officer()
    with pytest.raises(ReasonsNeeded):
        actions.add_note(case, " ", by=mari, at=clock.now())

    for _press in range(2):
        actions.add_note(case, "Call her.", by=mari, at=clock.now())

    assert [note.text for note in Note.objects.all()] == ["Call her."]


def test_the_applicant_never_reads_a_note(client: Client) -> None:
    case = made.submitted()
    actions.add_note(case, "Call her.", by=made.officer(), at=clock.now())
    sign_in(client, case.person)

    assert "Call her." not in client.get(case.get_absolute_url()).content.decode()


def test_one_act_on_many_says_who_was_left_out_and_why() -> None:
    new, read = made.submitted(), made.under_review()
    over = made.application_in(State.OFFERED)
    facts = {"reasons": ["no_answer"], "note": ""}

    report = actions.act_on(
        [new, read, over], Act.REJECT, facts, by=made.officer(), at=clock.now()
    )

    (left_out,) = report.skipped
    assert report.done == 2
    assert left_out[0] == over
    assert "already moved on" in left_out[1]
    assert [made.fresh(case).state for case in (new, read, over)] == [
        State.REJECTION_STAGED,
        State.REJECTION_STAGED,
        State.OFFERED,
    ]


def test_what_is_refused_leaves_the_case_as_it_was() -> None:
    new = made.submitted()

    report = actions.act_on(
        [new], Act.OFFER, {"reasons": [], "note": ""}, by=made.officer(), at=clock.now()
    )

    assert report.done == 0
    assert made.fresh(new).state == State.SUBMITTED


# The desk -------------------------------------------------------------------------


def names(client: Client, filters: str) -> set[str]:
    page = client.get(reverse(QUEUE) + filters)
    return {row["name"] for row in page.context["rows"]}


def test_the_queue_filters_by_run_assignment_and_lateness(client: Client) -> None:
    mari = made.officer()
    sign_in(client, mari, strong=True)
    mine = made.submitted(by=people.person("Anu", "Uus"))
    other = made.submitted(by=people.person("Ott", "Muu"))
    actions.assign(mine, to=mari, by=mari, at=clock.now())

    assert names(client, "?assigned=me") == {"Anu Uus"}
    assert names(client, "?assigned=nobody") == {"Ott Muu"}
    assert names(client, f"?run={other.run_id}") == {"Ott Muu"}
    assert names(client, "?run=nonsense&assigned=x") == {"Anu Uus", "Ott Muu"}
    assert names(client, "?late=yes") == set()


def test_silence_is_shown_to_staff_and_decides_nothing(client: Client) -> None:
    asked = made.application_in(State.INFO_REQUESTED)
    mari = made.officer()
    assert asked.move_by is not None

    with time_machine.travel(asked.move_by + timedelta(hours=1), tick=False):
        sign_in(client, mari, strong=True)
        late = names(client, "?late=yes")
        desk = client.get(reverse("office:desk")).content.decode()

    assert late == {asked.person.name}
    assert "applicants whose day has passed" in desk
    assert made.fresh(asked).state == State.INFO_REQUESTED


def test_chosen_applications_are_assigned_from_the_queue(client: Client) -> None:
    mari = made.officer()
    sign_in(client, mari, strong=True)
    cases = [made.submitted(), made.submitted()]
    chosen = "&".join(f"case={case.pk}" for case in cases)
    address = f"{reverse('office:admissions_many')}?act=assign&{chosen}"

    asked = client.get(address).content.decode()
    client.post(address, {"to": str(mari.pk)})

    assert all(case.person.name in asked for case in cases)
    assert {made.fresh(case).assigned_to for case in cases} == {mari}


def test_nobody_acts_on_cases_of_another_unit(client: Client) -> None:
    case = made.under_review()
    stranger = people.staff(Duty.OFFICER, unit=people.unit("KUL"))
    sign_in(client, stranger, strong=True)
    address = f"{reverse('office:admissions_many')}?act=reject&case={case.pk}"

    answer = client.post(address, {"reasons": ["no_answer"]})

    assert answer.status_code == 302
    assert Decision.objects.count() == 0
