"""Structured data of pages: the same facts, in the terms of the published vocabulary."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mikrokraad.catalogue.models import PriceLine, Requirement, Run
from mikrokraad.catalogue.rules import PriceKind, RequirementKind, VatReason
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.core.templatetags.ui import data_block
from mikrokraad.pages.shelf import SHELF
from mikrokraad.pages.tests import factories
from mikrokraad.people.models import Institution
from mikrokraad.seats.tests.factories import open_places

pytestmark = pytest.mark.django_db
VOCABULARY = Path(__file__).parent / "schema_org.json"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PROGRAMME = "/en/programmes/data-science/"
Node = dict[str, Any]


def blocks(client: Client, address: str) -> list[Node]:
    """The things that a page tells of, each with the context's word for it."""
    (told,) = BLOCK.findall(client.get(address).content.decode())
    document = json.loads(told)
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def of_type(nodes: list[Node], wanted: str) -> Node:
    (found,) = [node for node in nodes if wanted in _types(node)]
    return found


def _types(node: Node) -> list[str]:
    said = node.get("@type", [])
    return [said] if isinstance(said, str) else said


@pytest.fixture
def university() -> Institution:
    return Institution.objects.create(
        name={"et": "Emajõe ülikool", "en": "Emajõgi University"},
        registry_code="74001073",
        address=both("Ülikooli 18, Tartu"),
        email="info@example.org",
    )


@pytest.fixture
def run(university: Institution) -> Run:
    return factories.offered("Data Science", slug="data-science")


def test_a_programme_tells_what_its_page_says(client: Client, run: Run) -> None:
    programme = of_type(blocks(client, PROGRAMME), "Course")

    assert programme["name"] == "Data Science"
    assert programme["url"] == f"http://localhost:8000{PROGRAMME}"
    assert programme["numberOfCredits"]["value"] == 12
    assert programme["timeRequired"] == "PT312H"
    assert programme["teaches"] == [f"does thing {n}" for n in (1, 2, 3)]
    assert programme["educationalLevel"] == "EQF 7"
    assert programme["about"]["termCode"] == "0613"
    assert [one["name"] for one in programme["hasCourse"]] == ["Course 1", "Course 2"]
    (instance,) = programme["hasCourseInstance"]
    assert (instance["startDate"], instance["endDate"]) == ("2027-02-08", "2027-06-18")
    assert instance["inLanguage"] == ["en"]
    assert instance["courseWorkload"] == "PT312H"
    assert instance["remainingAttendeeCapacity"] == 20
    (offer,) = programme["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("2400.00", "EUR")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["validThrough"] == "2027-01-21T23:59:59+02:00"


def test_a_programme_speaks_the_language_of_its_page(client: Client, run: Run) -> None:
    nodes = blocks(client, "/et/programmes/data-science/")

    assert of_type(nodes, "Course")["name"] == "Data Science (et)"
    assert of_type(nodes, "CollegeOrUniversity")["name"] == "Emajõe ülikool"


def test_a_full_run_is_sold_out(client: Client, run: Run) -> None:
    factories.full(run)

    (offer,) = of_type(blocks(client, PROGRAMME), "Course")["offers"]

    assert offer["availability"] == "https://schema.org/SoldOut"


def test_a_run_that_is_not_open_yet_can_be_ordered_later(
    client: Client, run: Run
) -> None:
    run.opens_at = clock.now() + timedelta(days=3)
    run.save()

    (offer,) = of_type(blocks(client, PROGRAMME), "Course")["offers"]

    assert offer["availability"] == "https://schema.org/PreOrder"
    assert offer["validFrom"] == "2026-11-27T12:00:00+02:00"


def test_what_is_over_is_not_offered(client: Client, run: Run) -> None:
    run.own_deadline = factories.OVER
    run.save()

    programme = of_type(blocks(client, PROGRAMME), "Course")

    assert "offers" not in programme
    assert "offers" not in programme["hasCourseInstance"][0]


def test_another_price_and_deadline_are_told_at_once(client: Client, run: Run) -> None:
    blocks(client, PROGRAMME)
    PriceLine.objects.filter(run=run).update(net_cents=990_50)
    PriceLine.objects.create(
        run=run,
        position=2,
        kind=PriceKind.APPLICATION_FEE,
        net_cents=25_00,
        vat_reason=VatReason.DEGREE_STUDY,
    )
    Run.objects.update(own_deadline=clock.today())

    (offer,) = of_type(blocks(client, PROGRAMME), "Course")["offers"]

    assert offer["price"] == "990.50"
    assert offer["addOn"]["price"] == "25.00"
    assert offer["validThrough"] == "2026-11-24T23:59:59+02:00"


def test_what_is_asked_of_applicants_is_told(client: Client, run: Run) -> None:
    Requirement.objects.create(
        version=run.version,
        position=1,
        key="work",
        kind=RequirementKind.EXPERIENCE,
        text=both("A year of work with data"),
    )

    asked = of_type(blocks(client, PROGRAMME), "Course")["coursePrerequisites"]

    assert asked == [
        "You have completed at least upper secondary education.",
        "A year of work with data",
    ]


def test_the_list_tells_its_programmes_in_order(client: Client) -> None:
    factories.shelf()

    found = of_type(blocks(client, "/en/programmes/?language=en"), "ItemList")

    page = factories.titles(client.get("/en/programmes/?language=en"))
    assert [item["name"] for item in found["itemListElement"]] == page
    assert found["numberOfItems"] == len(page)
    assert found["itemListElement"][0]["url"].startswith("http://localhost:8000/en/")


def test_the_first_page_tells_whose_it_is(
    client: Client, university: Institution
) -> None:
    told = of_type(blocks(client, "/en/"), "CollegeOrUniversity")

    assert told["name"] == "Emajõgi University"
    assert told["identifier"]["value"] == "74001073"


@pytest.mark.parametrize(
    "address",
    ["/en/", "/et/programmes/", PROGRAMME, "/et/programmes/data-science/"],
)
def test_every_term_is_of_the_published_vocabulary(
    client: Client, run: Run, address: str
) -> None:
    vocabulary = json.loads(VOCABULARY.read_text())

    wrong = [
        fault for node in blocks(client, address) for fault in faults(node, vocabulary)
    ]

    assert wrong == []


def faults(node: Node, vocabulary: dict[str, Any]) -> Iterator[str]:
    """Terms that no type of the node knows, and values that they do not take."""
    known = {
        name: set(takes)
        for each in _types(node)
        for name, takes in vocabulary["types"][each]["properties"].items()
    }
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            yield f"{_types(node)}.{name} is no property"
            continue
        for one in value if isinstance(value, list) else [value]:
            if not _takes(known[name], one, vocabulary):
                yield f"{_types(node)}.{name} does not take {one}"
            if isinstance(one, dict) and "@type" in one:
                yield from faults(one, vocabulary)


def _takes(wanted: set[str], value: Any, vocabulary: dict[str, Any]) -> bool:  # noqa: ANN401
    if isinstance(value, dict):
        are = {up for each in _types(value) for up in vocabulary["types"][each]["is"]}
        return bool(are & wanted) or set(value) == {"@id"}
    if isinstance(value, str) and value.startswith("https://schema.org/"):
        members = vocabulary["members"]
        return members.get(value.removeprefix("https://schema.org/")) in wanted
    kinds = {
        bool: {"Boolean"},
        int: {"Integer", "Number"},
        str: {"Text", "URL", "Date", "DateTime", "Duration", "Number"},
    }
    return bool(kinds[type(value)] & wanted)


def test_no_words_end_the_block(client: Client, run: Run) -> None:
    words = "</script><script>alert(1)</script>&amp;<!--"

    block = str(data_block({"name": words}))

    assert block.count("<") == 2
    (told,) = BLOCK.findall(block)
    assert json.loads(told) == {"name": words}


def test_more_runs_cost_no_more_questions(client: Client, run: Run) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(PROGRAMME)
    later = catalogue.run(
        run.version,
        intake=factories.summer(),
        starts_on=factories.SUMMER,
        ends_on=factories.SUMMER,
        languages=["et"],
    )
    open_places(later, 9)
    SHELF.clear()

    with CaptureQueriesContext(connection) as more:
        programme = of_type(blocks(client, PROGRAMME), "Course")

    assert len(programme["hasCourseInstance"]) == 2
    assert programme["availableLanguage"] == ["en", "et"]
    assert len(more) == len(few)
