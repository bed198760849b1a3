"""The study system says who is in a course section."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mikrokraad.catalogue.models import CourseSection
from mikrokraad.seats.models import LIVE, SeatClaim
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
TOKEN = "the-token-of-the-study-system"


@pytest.fixture
def section(settings: Settings) -> CourseSection:
    settings.STUDY_SYSTEM_TOKEN = TOKEN
    return run_with_places(5).sections.order_by("code")[0]


def sent(
    client: Client, code: str, *students: str, token: str = TOKEN, **facts: object
) -> tuple[int, Any]:
    body = {
        "term": "2027-spring",
        "students": [{"student": each, "since": "2026-11-20"} for each in students],
        **facts,
    }
    answer = client.post(
        f"/api/v1/sections/{code}/places",
        json.dumps(body),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", "accept-language": "en"},
    )
    assert answer["Content-Type"].startswith("application/json")
    return answer.status_code, answer.json()


def test_the_list_of_a_section_replaces_what_was_there(
    client: Client, section: CourseSection
) -> None:
    sent(client, section.code, "B1", "B2")

    status, report = sent(client, section.code, "B2", "B3")

    assert status == 200
    assert report["counts"] == {"taken": 1, "kept": 1, "released": 1, "refused": 0}
    assert [(line["student"], line["done"]) for line in report["lines"]] == [
        ("B3", "taken"),
        ("B2", "kept"),
        ("B1", "released"),
    ]
    assert SeatClaim.objects.filter(LIVE, unit__section=section).count() == 2


def test_an_empty_list_frees_every_place(
    client: Client, section: CourseSection
) -> None:
    sent(client, section.code, "B1")

    assert sent(client, section.code)[1]["counts"]["released"] == 1


def test_codes_may_have_a_slash(client: Client, section: CourseSection) -> None:
    section.code = "MTAT.03.227/2027-spring"
    section.save()

    assert sent(client, section.code, "B1")[1]["counts"]["taken"] == 1
    assert sent(client, "MTAT.03.227%2F2027-spring", "B1")[1]["counts"]["kept"] == 1


@pytest.mark.parametrize("token", ["", "wrong", "ü"])
def test_without_the_token_nothing_is_taken(
    client: Client, section: CourseSection, token: str
) -> None:
    status, problem = sent(client, section.code, "B1", token=token)

    assert (status, problem["code"]) == (401, "token-needed")
    assert not SeatClaim.objects.exists()


def test_without_a_setting_no_token_is_good(
    client: Client, section: CourseSection, settings: Settings
) -> None:
    settings.STUDY_SYSTEM_TOKEN = ""

    assert sent(client, section.code, "B1", token="")[0] == 401


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"students": [{"student": "B1"}] * 2001}, 422),
        ({"students": "B1"}, 422),
        ({"students": [{}]}, 422),
        ({"term": 5}, 422),
        ({"more": "x" * 2_700_000}, 413),
    ],
    ids=["too many", "no list", "no student", "no term", "too large"],
)
def test_what_cannot_be_read_is_refused_whole(
    client: Client, section: CourseSection, facts: dict[str, Any], status: int
) -> None:
    assert sent(client, section.code, "B1", **facts)[0] == status
    assert not SeatClaim.objects.exists()


def test_an_unknown_section_is_refused_in_the_report(
    client: Client, section: CourseSection
) -> None:
    _status, report = sent(client, "NO.SUCH", "B1")

    (line,) = report["lines"]
    assert line["why"] == "there is no such section"


def test_many_students_take_as_many_queries_as_one(
    client: Client, section: CourseSection
) -> None:
    counts = []
    for students in (["A1"], [f"B{n}" for n in range(200)]):
        with CaptureQueriesContext(
            connection,
        ) as counted:
            sent(client, section.code, *students)
        counts.append(len(counted))

    assert counts[1] <= counts[0] + 4  # the second also releases
