"""The desk of studies: lecturers' course groups, programme managers' runs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mikrokraad.people.models import Duty, Person
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.studies import actions as study_actions
from mikrokraad.studies.models import Ending, Enrolment, Result
from mikrokraad.studies.tests import factories as studies

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"office:studies_{name}", args=args)


@pytest.fixture
def kaarel() -> Person:
    return studies.lecturer()


@pytest.fixture
def enrolment(kaarel: Person) -> Enrolment:
    return studies.enrolment(studies.taught_run(kaarel))


def grade_of(enrolment: Enrolment, grade: str, which: int = 0) -> dict[str, str]:
    return {f"grade-{studies.places_of(enrolment)[which].pk}": grade}


def lecturer_pages(enrolment: Enrolment) -> list[str]:
    place = studies.places_of(enrolment)[0]
    return [
        url("section", place.section_id),
        url("confirm_results", place.section_id),
        url("correct_result", place.pk),
    ]


@pytest.mark.parametrize("duty", [None, *Duty])
def test_who_may_open_which_page(
    client: Client, enrolment: Enrolment, duty: Duty | None
) -> None:
    who = people.staff(duty) if duty else people.person()
    sign_in(client, who, strong=True)

    found = {name: client.get(url(name)).status_code for name in ("sections", "runs")}

    manages = duty in {Duty.PROGRAMME_MANAGER, Duty.OFFICER}
    assert found == {
        "sections": 200 if duty == Duty.LECTURER else 403,
        "runs": 200 if manages else 403,
    }


def test_a_visitor_is_asked_to_sign_in(client: Client, enrolment: Enrolment) -> None:
    for page in [url("sections"), url("runs"), *lecturer_pages(enrolment)]:
        assert client.get(page).status_code in {302, 405}


def test_a_weak_session_is_asked_for_the_second_factor(
    client: Client, kaarel: Person
) -> None:
    sign_in(client, kaarel)

    assert client.get(url("sections")).status_code == 302


def test_a_lecturer_of_another_section_finds_nothing(
    client: Client, enrolment: Enrolment
) -> None:
    sign_in(client, studies.lecturer("Rein"), strong=True)

    found = {client.post(page).status_code for page in lecturer_pages(enrolment)}

    assert found == {404}


def test_a_manager_of_another_unit_finds_nothing(
    client: Client, enrolment: Enrolment
) -> None:
    rival = people.staff(Duty.PROGRAMME_MANAGER, unit=people.unit("OTHER"))
    sign_in(client, rival, strong=True)

    pages = [url("run", enrolment.run_id), url("interrupt", enrolment.pk)]

    assert {client.get(page).status_code for page in pages} == {404}


def test_sections_count_learners_and_results(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    studies.enrolment(enrolment.run, people.person("Jaan", "Kuusk"))
    studies.confirmed(enrolment, "A")
    sign_in(client, kaarel, strong=True)

    page = client.get(url("sections"))

    counted = [
        (each.learners, each.entered, each.confirmed)
        for each in page.context["page"].object_list
    ]
    assert counted == [(2, 0, 1), (2, 0, 0)]


def test_entering_and_confirming_takes_two_clicks_and_a_third_does_nothing(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    section = studies.places_of(enrolment)[0].section
    sign_in(client, kaarel, strong=True)

    entered = client.post(url("section", section.pk), grade_of(enrolment, "B"))
    before = client.get(url("section", section.pk)).content.decode()
    assert Result.objects.count() == 0
    client.post(url("confirm_results", section.pk))
    again = client.post(url("confirm_results", section.pk), follow=True)

    assert entered.status_code == 302
    assert "Confirm 1 result" in before
    assert [each.grade for each in Result.objects.all()] == ["B"]
    assert "There was nothing more to confirm." in again.content.decode()


def test_confirming_needs_a_post(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    sign_in(client, kaarel, strong=True)

    section = studies.places_of(enrolment)[0].section_id

    assert client.get(url("confirm_results", section)).status_code == 405


def test_a_grade_that_is_not_on_the_scale_changes_nothing(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    place = studies.places_of(enrolment)[0]
    sign_in(client, kaarel, strong=True)

    page = client.post(url("section", place.section_id), grade_of(enrolment, "pass"))

    place.refresh_from_db()
    assert page.status_code == 200
    assert place.entered_grade == ""


def test_correcting_takes_a_reason(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    studies.confirmed(enrolment, "A", "F")
    place = studies.places_of(enrolment)[1]
    sign_in(client, kaarel, strong=True)
    page = url("correct_result", place.pk)

    without = client.post(page, {"grade": "C", "reason": ""})
    same = client.post(page, {"grade": "F", "reason": "typing mistake"})
    done = client.post(page, {"grade": "C", "reason": "typing mistake"})

    assert "Say why the result is corrected." in without.content.decode()
    assert "That is the grade already." in same.content.decode()
    assert done.status_code == 302
    listed = client.get(url("section", place.section_id)).content.decode()
    assert "typing mistake" in listed
    enrolment.refresh_from_db()
    assert enrolment.state == "completed"


def test_the_overview_says_who_is_ready_and_what_is_missing(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    studies.enrolment(enrolment.run, people.person("Jaan", "Kuusk"))
    studies.confirmed(enrolment, "A", "B")
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    page = client.get(url("run", enrolment.run_id))

    shown: Any = page.context
    assert (shown["run"].learners, shown["run"].decided, shown["run"].earned) == (
        2,
        1,
        1,
    )
    assert [n for _section, n in shown["missing"]] == [1, 1]
    assert "earned a document: 1" in page.content.decode()


@pytest.mark.parametrize(
    ("has_begun", "state", "words"),
    [
        (False, "cancelled", "the enrolment is cancelled"),
        (True, "interrupted", "earns a statement of results"),
    ],
)
def test_ending_studies_early_needs_a_reason(
    client: Client,
    kaarel: Person,
    enrolment: Enrolment,
    has_begun: bool,  # noqa: FBT001 -- a parameter of the table above
    state: str,
    words: str,
) -> None:
    if has_begun:
        study_actions.start_studies(enrolment, by=None, at=studies.MID_TERM)
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)
    page = url("interrupt", enrolment.pk)

    asked = client.get(page)
    refused = client.post(page, {"reason": " "})
    done = client.post(page, {"reason": "moved away"})
    again = client.post(page, {"reason": "moved away"})

    enrolment.refresh_from_db()
    assert "Say why the studies end." in refused.content.decode()
    assert done.status_code == 302
    assert words in asked.content.decode()
    assert enrolment.state == state
    assert "already moved on" in again.content.decode()
    assert Ending.objects.count() == 1


def test_the_desk_counts_runs_that_wait_for_results(
    client: Client, enrolment: Enrolment
) -> None:
    enrolment.run.starts_on = enrolment.run.ends_on = enrolment.run.opens_at.date()
    enrolment.run.save()
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    page = client.get("/en/office/").content.decode()

    assert "runs that are over and wait for results" in page


def test_the_count_of_late_runs_leads_to_those_alone(
    client: Client, enrolment: Enrolment
) -> None:
    studies.enrolment()
    enrolment.run.starts_on = enrolment.run.ends_on = enrolment.run.opens_at.date()
    enrolment.run.save()
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    listed = client.get(url("runs")).context["page"].object_list
    late = client.get(f"{url('runs')}?show=late").context["page"].object_list

    assert len(listed) == 2
    assert list(late) == [enrolment.run]
    assert f"{url('runs')}?show=late" in client.get("/en/office/").content.decode()


def test_no_late_run_says_so(client: Client, enrolment: Enrolment) -> None:
    sign_in(client, people.staff(Duty.PROGRAMME_MANAGER), strong=True)

    page = client.get(f"{url('runs')}?show=late").content.decode()

    assert "No run waits for results" in page


def test_course_groups_without_anybody_come_last(
    client: Client, kaarel: Person, enrolment: Enrolment
) -> None:
    empty = studies.sections_of(studies.taught_run(kaarel))
    sign_in(client, kaarel, strong=True)

    page = client.get(url("sections"))

    listed = list(page.context["page"].object_list)
    assert listed[2:] == empty
