"""The Open Education API: read by others, so its form is checked as strictly as theirs."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mikrokraad.api.ooapi.parts import id_of, number_in
from mikrokraad.api.tests import ooapi_forms as forms
from mikrokraad.catalogue.models import Course, Programme, ProgrammeVersion, Run
from mikrokraad.catalogue.rules import VersionState
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.people.models import Organisation
from mikrokraad.people.tests import factories as people
from mikrokraad.seats.tests.factories import open_places

pytestmark = pytest.mark.django_db
ROOT = "/api/ooapi/v6"
NOBODY = "6f1c3a4e-1111-4222-8333-444455556666"
EVERY_PAGE = [
    ("/programmes", forms.PROGRAMME),
    ("/programmes/{programme}/programme-offerings", forms.PROGRAMME_OFFERING),
    ("/courses", forms.COURSE),
    ("/courses/{course}/course-offerings", forms.COURSE_OFFERING),
    ("/academic-sessions", forms.ACADEMIC_SESSION),
    ("/organisations", forms.ORGANISATION),
]


def asked(
    client: Client, address: str, status: int = 200, /, **query: str | int
) -> Any:  # noqa: ANN401
    answer = client.get(f"{ROOT}{address}", query)
    assert answer.status_code == status, answer.content
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
        assert forms.faults(answer.json(), forms.PROBLEM) == []
    return answer.json()


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def run() -> Run:
    people.institution()
    made = factories.run(factories.version("Data Science", slug="data-science"))
    open_places(made, 20)
    return made


def names(run: Run) -> dict[str, Any]:
    section = run.sections.order_by("code").first()
    assert section is not None
    return {
        "programme": run.version.programme_id,
        "offering": run.pk,
        "course": id_of("course", section.course_id),
        "section": section.pk,
        "session": id_of("term", run.intake.term_id),
        "unit": id_of("unit", run.version.programme.unit_id),
    }


def test_the_service_says_what_it_answers(client: Client, run: Run) -> None:
    told = asked(client, "/")

    assert forms.faults(told, forms.SERVICE) == []
    described = client.get(told["specification"].removeprefix("http://localhost:8000"))
    answered = [path.removeprefix(ROOT) for path in described.json()["paths"]]
    paths = [unquote(one["path"]) for one in told["supportedOperations"]]
    assert _shapes(paths) == _shapes(path for path in answered if path != "/")


def _shapes(paths: Iterable[str]) -> set[str]:
    """Without the names of ids, which everybody calls as they like."""
    return {re.sub(r"{\w+}", "{}", path) for path in paths}


@pytest.mark.parametrize(("path", "form"), EVERY_PAGE)
def test_every_collection_has_the_published_form(
    client: Client, run: Run, path: str, form: forms.Form
) -> None:
    page = asked(client, path.format(**names(run)))

    assert forms.faults(page, forms.PAGE) == []
    assert page["items"] != []
    assert [fault for one in page["items"] for fault in forms.faults(one, form)] == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/programmes/{programme}", forms.PROGRAMME),
        ("/programme-offerings/{offering}", forms.PROGRAMME_OFFERING),
        ("/courses/{course}", forms.COURSE),
        ("/course-offerings/{section}", forms.COURSE_OFFERING),
        ("/academic-sessions/{session}", forms.ACADEMIC_SESSION),
        ("/organisations/{unit}", forms.ORGANISATION),
    ],
)
def test_every_thing_has_the_published_form(
    client: Client, run: Run, path: str, form: forms.Form
) -> None:
    assert forms.faults(asked(client, path.format(**names(run))), form) == []


def test_a_programme_and_its_offering_say_what_the_page_says(
    client: Client, run: Run
) -> None:
    (programme,) = asked(client, "/programmes")["items"]
    (offering,) = asked(client, f"/programmes/{programme['programmeId']}/programme-offerings")["items"]  # fmt: skip

    assert {one["language"]: one["value"] for one in programme["name"]} == {
        "et": "Data Science (et)",
        "en": "Data Science",
    }
    assert programme["studyLoad"][0] == {"studyLoadUnit": "ects", "value": 12}
    assert programme["levelOfQualification"] == "eqf_7"
    assert programme["programmeType"] == "x-micro-degree"
    assert programme["link"] == "http://localhost:8000/en/programmes/data-science/"
    assert offering["programmeOfferingId"] == str(run.pk)
    (cost,) = offering["priceInformation"]
    assert (cost["amount"], cost["vatAmount"]) == ("2400.00", "0.00")
    (period,) = offering["enrolmentPeriods"]
    assert period["endDateTime"] == "2027-01-22T00:00:00+02:00"
    assert (offering["maxNumberStudents"], offering["enrolledNumberStudents"]) == (
        20,
        0,
    )


def test_what_is_not_public_is_not_told(client: Client, run: Run) -> None:
    draft = factories.version("Draft", slug="draft")
    Run.objects.filter(pk=run.pk).update(published_at=None)
    ProgrammeVersion.objects.create(
        programme=Programme.objects.create(
            slug="secret",
            kind=factories.kind(),
            unit=people.unit(),
            created_at=clock.now(),
        ),
        state=VersionState.DRAFT,
        title=factories.both("Secret"),
    )
    acme = Organisation.objects.create(name="Acme", registry_code="12345678")
    group = factories.run(draft, commissioned_by=acme)

    listed = asked(client, "/programmes")

    assert [one["primaryCode"]["code"] for one in listed["items"]] == [
        "data-science",
        "draft",
    ]
    for hidden in (run, group):
        asked(client, f"/programme-offerings/{hidden.pk}", 404)
        section = hidden.sections.first()
        assert section is not None
        asked(client, f"/course-offerings/{section.pk}", 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 2),
        ({"q": "data"}, 1),
        ({"q": "%"}, 0),
        ({"primaryCode": "law"}, 1),
        ({"teachingLanguage": "et"}, 1),
        ({"teachingLanguage": "en-GB"}, 1),
        ({"fieldsOfStudy": "06"}, 2),
        ({"fieldsOfStudy": "0421"}, 0),
        ({"levelOfQualification": "eqf_7"}, 2),
        ({"levelOfQualification": "eqf_5"}, 0),
    ],
)
def test_programmes_can_be_narrowed(
    client: Client, run: Run, query: dict[str, str], found: int
) -> None:
    factories.run(factories.version("Law", slug="law"), languages=["et"])

    assert len(asked(client, "/programmes", **query)["items"]) == found


def test_a_collection_comes_in_pages(client: Client) -> None:
    for number in range(12):
        factories.version(f"Programme {number:02}")

    first = asked(client, "/programmes")
    last = asked(client, "/programmes", pageNumber=2)
    beyond = asked(client, "/programmes", pageNumber=9)

    assert (first["totalPages"], first["hasNextPage"], len(first["items"])) == (
        2,
        True,
        10,
    )
    assert [one["name"][1]["value"] for one in first["items"]] == [
        f"Programme {number:02}" for number in range(10)
    ]
    assert (last["hasPreviousPage"], last["hasNextPage"], len(last["items"])) == (
        True,
        False,
        2,
    )
    assert beyond["items"] == []


def test_offerings_begin_today_unless_asked_otherwise(client: Client, run: Run) -> None:
    Run.objects.update(starts_on=clock.today() - timedelta(days=1))
    path = f"/programmes/{run.version.programme_id}/programme-offerings"

    assert asked(client, path)["items"] == []
    assert len(asked(client, path, since="2026-01-01T00:00:00Z")["items"]) == 1
    until = {"since": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
    assert asked(client, path, **until)["items"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/programmes/{NOBODY}", 404),
        (f"/courses/{NOBODY}", 404),
        (f"/course-offerings/{NOBODY}", 404),
        (f"/programme-offerings/{NOBODY}", 404),
        (f"/organisations/{NOBODY}", 404),
        (f"/academic-sessions/{NOBODY}", 404),
        ("/nothing", 404),
        ("/programmes/", 404),
        (f"/programmes/{NOBODY}/nothing", 404),
        ("/programmes/none", 400),
        ("/programmes?pageSize=7", 400),
        ("/programmes?pageNumber=0", 400),
        ("/programmes?teachingLanguage=%22", 400),
        ("/programmes?levelOfQualification=eqf_9", 400),
    ],
)
def test_a_no_is_a_problem_in_english(client: Client, path: str, status: int) -> None:
    answer = client.get(f"{ROOT}{path}", headers={"accept-language": "et"})

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert forms.faults(told, forms.PROBLEM) == []
    assert told["detail"].startswith(("There is nothing", "Some parameters"))


@pytest.mark.parametrize(("path", "form"), EVERY_PAGE)
def test_more_rows_cost_no_more_questions(
    client: Client, run: Run, path: str, form: forms.Form
) -> None:
    address = path.format(**names(run))
    few = _questions(lambda: asked(client, address, pageSize=50))
    for number in range(4):
        open_places(factories.run(factories.version(f"More {number}")), 5)

    assert _questions(lambda: asked(client, address, pageSize=50)) == few


def test_an_unknown_address_says_no_alike_to_whoever_writes(run: Run) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(f"{ROOT}/nothing")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert "/api/ooapi/v6/openapi.json" in answer.json()["detail"]


def test_who_asks_too_often_waits_and_is_told_for_how_long(
    client: Client, run: Run, settings: Settings
) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    another = Client(REMOTE_ADDR="192.0.2.7")

    for _n in range(3):
        asked(client, "/programmes")
    answer = client.get(f"{ROOT}/courses")

    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert forms.faults(answer.json(), forms.PROBLEM) == []
    assert answer["Retry-After"] == "60"
    asked(another, "/programmes")
    with time_machine.travel(clock.now() + timedelta(seconds=61), tick=False):
        asked(client, "/programmes")


def _questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked_of_database:
        ask()
    return len(asked_of_database)


def test_ids_lead_back_to_their_rows() -> None:
    course = Course.objects.get(pk=factories.course().pk)

    known = id_of("course", course.pk)

    assert known.version == 8
    assert number_in("course", known) == course.pk
    assert number_in("unit", known) == 0
    assert number_in("course", uuid4()) == 0
