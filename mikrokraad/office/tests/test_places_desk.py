"""The desk of places: who has them, for whom they are kept, who waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mikrokraad.admissions.actions import offer_freed_places
from mikrokraad.admissions.tests import factories as admissions
from mikrokraad.catalogue.models import CourseSection, Run
from mikrokraad.core import clock
from mikrokraad.people.models import Duty, RegisterEntry
from mikrokraad.people.tests import factories as people
from mikrokraad.people.tests.browser import sign_in
from mikrokraad.seats import actions
from mikrokraad.seats.lists import lists_of
from mikrokraad.seats.models import CapacityUnit, Pool
from mikrokraad.seats.rules import PoolKey
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def run() -> Run:
    return run_with_places(6, in_sections=4)


@pytest.fixture
def section(run: Run) -> CourseSection:
    return run.sections.order_by("code")[0]


@pytest.fixture
def officer(client: Client, run: Run) -> Client:
    officer = people.staff(Duty.OFFICER, unit=run.version.programme.unit)
    sign_in(client, officer, strong=True)
    return client


def page(client: Client, run: Run) -> str:
    answer = client.get(reverse("office:places_run", args=[run.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def take(run: Run) -> None:
    at = clock.now()
    actions.take_bundle(run, people.person(), hold_until=at + WEEK, at=at)


def degree(section: CourseSection, students: int) -> None:
    at = clock.now()
    of = {"section": section.code, "term": section.term_id, "since": "2026-11-01"}
    records = [{**of, "student": f"B{n}"} for n in range(students)]
    actions.import_places(lists_of(records, at=at), by=None, at=at)


def test_a_run_shows_each_place_as_a_square_and_in_words(
    officer: Client, run: Run, section: CourseSection
) -> None:
    take(run)
    degree(section, 2)

    shown = page(officer, run)

    assert "<strong>1 of 6 taken</strong>, 5 left for micro learners" in shown
    assert "<strong>3 of 4 taken</strong>, 1 left for micro learners" in shown
    assert "2 degree students" in shown
    assert "1 until 1 December." in shown
    assert shown.count("places__one--degree") == 2 + 1  # and its key


def test_an_overbooked_section_says_so_and_why(
    officer: Client, run: Run, section: CourseSection
) -> None:
    take(run)
    degree(section, 5)

    shown = page(officer, run)

    assert "Overbooked by 2." in shown
    assert "the study system has more degree students" in shown
    beyond = shown.partition("places--beyond")[2].partition("</div>")[0]
    assert beyond.count("places__one--degree") == 2
    assert "none left for micro learners" in shown
    desk = officer.get(reverse("office:places_runs")).content.decode()
    assert "1 of 6 taken" in desk


def test_fewer_places_than_taken_need_a_reason(officer: Client, run: Run) -> None:
    take(run)
    address = reverse("office:places_size", args=[run.pk, run.pk])

    refused = officer.post(address, {"size": 0})
    assert "Nobody loses it; to have fewer all the same, say why." in (
        refused.content.decode()
    )
    assert CapacityUnit.objects.get(run=run).size == 6

    moved = officer.post(address, {"size": 0, "reason": "A smaller room"})
    assert moved.headers["Location"] == reverse("office:places_run", args=[run.pk])
    assert "Overbooked by 1." in page(officer, run)
    entry = RegisterEntry.objects.filter(verb="places set").latest("pk")
    assert entry.facts["reason"] == "A smaller room"
    desk = officer.get(reverse("office:desk")).content.decode()
    assert "overbooked groups" in desk


def test_places_are_opened_for_a_section_that_had_none(
    officer: Client, run: Run, section: CourseSection
) -> None:
    CapacityUnit.objects.filter(section=section).delete()
    assert "No places are opened yet" in page(officer, run)

    officer.post(reverse("office:places_size", args=[run.pk, section.pk]), {"size": 9})

    assert CapacityUnit.objects.get(section=section).size == 9


def test_places_are_kept_until_a_day_and_limited(
    officer: Client, run: Run, section: CourseSection
) -> None:
    address = reverse("office:places_keep", args=[run.pk, section.pk, "degree"])

    officer.post(address, {"reserved": 3, "cap": "", "released_on": "2027-01-10"})

    pool = Pool.objects.get(unit__section=section)
    assert (pool.key, pool.reserved, pool.cap) == (PoolKey.DEGREE, 3, None)
    shown = page(officer, run)
    assert "3 kept for them, free for everybody from 10 January 2027" in shown
    assert "1 left for micro learners" in shown
    filled = officer.get(address).content.decode()
    assert 'value="2027-01-10"' in filled


def test_more_than_there_are_cannot_be_kept(officer: Client, run: Run) -> None:
    address = reverse("office:places_keep", args=[run.pk, run.pk, "employer"])

    refused = officer.post(address, {"reserved": 7})

    assert "Keep fewer." in refused.content.decode()
    assert not Pool.objects.exists()


@pytest.mark.parametrize(
    "values", [{"reserved": "-1"}, {"reserved": "x"}, {"reserved": 1, "cap": 9999}]
)
def test_what_is_no_number_is_said(
    officer: Client, run: Run, values: dict[str, object]
) -> None:
    address = reverse("office:places_keep", args=[run.pk, run.pk, "micro"])

    assert "Write a number" in officer.post(address, values).content.decode()
    assert not Pool.objects.exists()


def test_a_course_of_another_unit_is_seen_and_left_alone(
    officer: Client, run: Run, section: CourseSection
) -> None:
    section.course.unit = people.unit(code="LT")
    section.course.save()

    assert "The unit that teaches this course says" in page(officer, run)
    for name, args in (("size", []), ("keep", ["micro"])):
        address = reverse(f"office:places_{name}", args=[run.pk, section.pk, *args])
        assert officer.get(address).status_code == 404


def test_unknown_pools_and_things_are_not_here(
    officer: Client, run: Run, section: CourseSection
) -> None:
    other = run_with_places(1)

    for args in ([run.pk, run.pk, "friends"], [run.pk, other.pk, "micro"]):
        assert officer.get(reverse("office:places_keep", args=args)).status_code == 404
    CapacityUnit.objects.filter(run=run).delete()
    no_unit = reverse("office:places_keep", args=[run.pk, run.pk, "micro"])
    assert officer.get(no_unit).status_code == 404


def test_the_waiting_list_is_shown_in_its_turns_with_reasons(
    client: Client,
) -> None:
    run = run_with_places(1)
    first, second, third = (admissions.waitlisted(run) for _n in range(3))
    at = clock.now()
    group = actions.make_group(run, first.person, at=at)
    actions.join_group(group, second.person, at=at)
    actions.open_capacity(run, 2, by=None, at=at)
    assert offer_freed_places(at=at) == 1
    officer = people.staff(Duty.OFFICER, unit=run.version.programme.unit)
    sign_in(client, officer, strong=True)

    shown = page(client, run)

    assert "1.–2." in shown
    assert [str(each.pk) in shown for each in (first, second, third)] == [
        True,
        True,
        False,
    ]
    assert "free places 1, needed by the group 2." in shown
    assert "They come together" in shown


def test_as_many_queries_for_many_runs_and_sections(officer: Client, run: Run) -> None:
    address = reverse("office:places_runs")
    counts = []
    for _n in range(2):
        with CaptureQueriesContext(connection) as counted:
            officer.get(address)
        counts.append(len(counted))
        for _m in range(3):
            take(run_with_places(5))

    assert counts[0] == counts[1]
