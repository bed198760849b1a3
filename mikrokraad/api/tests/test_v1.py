"""The API: the same facts as the pages, for machines."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from mikrokraad.api.machine_urls import v1
from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories
from mikrokraad.core import clock
from mikrokraad.credentials import actions as credential_actions
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.tests import factories as credentials
from mikrokraad.people.tests import factories as people
from mikrokraad.seats import actions as seats
from mikrokraad.seats.rules import NoSeatLeft
from mikrokraad.seats.tests.factories import run_with_places

pytestmark = pytest.mark.django_db
LIST = "/api/v1/programmes/"


def asked(client: Client, address: str, status: int = 200, /, **query: str) -> Any:  # noqa: ANN401
    answer = client.get(address, query, headers={"accept-language": "en"})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    return answer.json()


def slugs(found: dict[str, Any]) -> list[str]:
    return [item["slug"] for item in found["items"]]


@pytest.fixture
def data_science() -> Run:
    return factories.run(factories.version(slug="data-science"))


@pytest.fixture
def law() -> Run:
    version = factories.version("Administrative Law", slug="law")
    return factories.run(version, languages=["et"], mode="online", fee_cents=0)


def test_programmes_are_listed_with_their_run(client: Client) -> None:
    run = run_with_places(3)
    slug = run.version.programme.slug
    seats.take_bundle(
        run,
        people.person(),
        hold_until=clock.now() + timedelta(days=7),
        at=clock.now(),
    )

    found = asked(client, LIST)

    assert (found["count"], found["page"], found["pages"]) == (1, 1, 1)
    (item,) = found["items"]
    assert item["title"] == {"et": "Data Science (et)", "en": "Data Science"}
    assert item["page"] == {
        "et": f"http://localhost:8000/et/programmes/{slug}/",
        "en": f"http://localhost:8000/en/programmes/{slug}/",
    }
    assert (item["kind"], item["ects"], item["field"]) == ("micro-degree", 12, "0613")
    told = item["run"]
    assert told["deadline"] == "2027-01-21"
    assert told["applying"] == "open"
    assert (told["price_cents"], told["currency"]) == (2400_00, "EUR")
    assert told["places"] == {"size": 3, "left": 2, "waiting": 0}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, ["law", "data-science"]),
        ({"q": "LAW administrative"}, ["law"]),
        ({"q": "cooking"}, []),
        ({"language": "en"}, ["data-science"]),
        ({"mode": "online"}, ["law"]),
        ({"kind": "micro-degree"}, ["law", "data-science"]),
        ({"kind": "summer-school"}, []),
        ({"field": "06"}, ["law", "data-science"]),
        ({"field": "0613"}, ["law", "data-science"]),
        ({"field": "09"}, []),
        ({"free": "yes"}, ["law"]),
        ({"open": "yes"}, ["law", "data-science"]),
        ({"semester": "2027-spring", "language": "et"}, ["law"]),
        ({"semester": "1999-spring"}, []),
        ({"unknown": "ignored"}, ["law", "data-science"]),
    ],
)
def test_filters_are_those_of_the_list_page(
    client: Client,
    data_science: Run,
    law: Run,
    query: dict[str, str],
    wanted: list[str],
) -> None:
    assert slugs(asked(client, LIST, **query)) == wanted


def test_the_list_comes_in_pages(client: Client) -> None:
    for n in range(25):
        factories.run(factories.version(slug=f"p-{n:02}"))

    first, second = asked(client, LIST), asked(client, LIST, page="2")

    assert (first["count"], first["pages"]) == (25, 2)
    assert (len(first["items"]), len(second["items"])) == (24, 1)
    assert set(slugs(first)) & set(slugs(second)) == set()
    assert asked(client, LIST, 404, page="3")["code"] == "not-found"


def test_the_list_takes_as_many_queries_for_many_as_for_one(client: Client) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked(client, LIST)
        return len(queries)

    run_with_places(1)
    counted()  # the first one builds the search index
    one = counted()
    for _n in range(5):
        run_with_places(1)
    counted()

    assert counted() == one


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"mode": "by post"}, "query.mode"),
        ({"page": "0"}, "query.page"),
        ({"page": "one"}, "query.page"),
        ({"open": "maybe"}, "query.open"),
        ({"field": "6"}, "query.field"),
        ({"q": "x" * 101}, "query.q"),
    ],
)
def test_what_cannot_be_used_is_named(
    client: Client, query: dict[str, str], where: str
) -> None:
    problem = asked(client, LIST, 422, **query)

    assert problem["code"] == "unusable-parameters"
    assert [fault["where"] for fault in problem["faults"]] == [where]


def test_a_programme_is_told_whole(client: Client, data_science: Run) -> None:
    told = asked(client, f"{LIST}data-science/")

    assert told["version"] == "1.0"
    assert told["eqf_level"] == 7
    assert [one["text"]["en"] for one in told["outcomes"]] == [
        f"does thing {n}" for n in (1, 2, 3)
    ]
    assert [course["ects"] for course in told["courses"]] == [6, 6]
    (run,) = told["runs"]
    assert run["price_lines"] == [
        {
            "kind": "fee",
            "text": {"et": "Programme fee (et)", "en": "Programme fee"},
            "net_cents": 2400_00,
            "vat_percent": "0",
            "vat_reason": "degree_study",
        }
    ]


def test_what_is_not_shown_is_not_told(client: Client, data_science: Run) -> None:
    Run.objects.update(published_at=None)

    assert asked(client, LIST)["items"] == []
    assert asked(client, f"{LIST}data-science/")["runs"] == []
    assert asked(client, f"{LIST}nothing/", 404) == {
        "code": "not-found",
        "message": "There is nothing at this address. Check it and ask again.",
        "faults": [],
    }


@pytest.fixture
def issued() -> Credential:
    completion = credentials.completion()
    return credential_actions.issue(completion, by=None, at=credentials.ISSUED)


def test_a_certificate_tells_its_status_and_never_the_person(
    client: Client, issued: Credential
) -> None:
    told = asked(client, f"/api/v1/credentials/{issued.number}/")

    assert (told["number"], told["status"], told["kind"]) == (
        issued.number,
        "issued",
        "certificate",
    )
    assert told["title"]["en"] == "Data Science"
    assert told["issuer"]["en"] == "Demonstration University"
    assert told["issued_on"] == "2026-11-24"
    assert (told["ended_at"], told["superseded_by"]) == (None, None)
    said = json.dumps(told, ensure_ascii=False)
    person = issued.person
    for secret in (person.given_name, person.family_name, person.email, str(person.pk)):
        assert secret not in said


@pytest.mark.parametrize(
    ("number", "status"), [("1999-00001", 404), ("%00", 422), ("x" * 21, 422)]
)
def test_a_number_that_was_never_issued(
    client: Client, number: str, status: int
) -> None:
    assert asked(client, f"/api/v1/credentials/{number}/", status)["code"]


def test_a_refusal_is_409_with_its_code() -> None:
    request = RequestFactory().get(LIST)

    answer = v1.on_exception(request, NoSeatLeft("The last place has been taken."))

    assert answer.status_code == 409
    assert json.loads(answer.content) == {
        "code": "no-seat-left",
        "message": "The last place has been taken.",
        "faults": [],
    }


def test_it_only_reads(client: Client, data_science: Run) -> None:
    for address in (LIST, f"{LIST}data-science/"):
        assert client.post(address).status_code == 405
        assert client.delete(address).status_code == 405


def test_it_describes_itself(client: Client, data_science: Run) -> None:
    described = asked(client, "/api/v1/openapi.json")

    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        LIST,
        f"{LIST}{{slug}}/",
        "/api/v1/credentials/{number}/",
        "/api/v1/sections/{code}/places",
    }
    for path, operations in described["paths"].items():
        ((method, operation),) = operations.items()
        answers = {"200", "400", "404", "409", "422"}
        assert set(operation["responses"]) >= answers
        assert (method == "post") == ("security" in operation) == ("sections" in path)


@pytest.mark.parametrize(
    ("address", "schema"),
    [(LIST, "ProgrammesOut"), (f"{LIST}data-science/", "WholeProgrammeOut")],
)
def test_answers_are_as_described(
    client: Client, data_science: Run, address: str, schema: str
) -> None:
    described = asked(client, "/api/v1/openapi.json")
    whole = {"$ref": f"#/components/schemas/{schema}", **described}

    Draft202012Validator(whole).validate(asked(client, address))
