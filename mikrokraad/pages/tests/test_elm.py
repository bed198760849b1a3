"""Learning opportunities: held against the published context and shapes."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as rdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pyld import jsonld

from mikrokraad.catalogue.models import Requirement, Run
from mikrokraad.catalogue.rules import RequirementKind
from mikrokraad.catalogue.tests.factories import both
from mikrokraad.core import clock
from mikrokraad.pages.tests import factories
from mikrokraad.people.models import Organisation
from mikrokraad.people.tests import factories as people

pytestmark = pytest.mark.django_db
ALL = "/elm/programmes.jsonld"
ONE = "/elm/programmes/data-science.jsonld"
SHACL = "http://www.w3.org/ns/shacl#"
TYPE = rdf.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OPPORTUNITY = rdf.NamedNode("http://data.europa.eu/snb/model/elm/LearningOpportunity")
LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
Node = dict[str, Any]


@pytest.fixture
def run() -> Run:
    people.institution()
    made = factories.offered("Data Science", slug="data-science")
    Requirement.objects.create(
        version=made.version,
        position=1,
        key="work",
        kind=RequirementKind.EXPERIENCE,
        text=both("A year of work with data"),
    )
    return made


def told(client: Client, address: str = ONE) -> Node:
    answer = client.get(address)
    assert answer["Content-Type"] == "application/ld+json"
    return dict(answer.json())


def things(document: Node, kind: str) -> list[Node]:
    return [one for one in document["@graph"] if one["@type"] == kind]


def test_a_programme_is_told_with_its_runs(client: Client, run: Run) -> None:
    document = told(client)

    (programme,) = things(document, "Qualification")
    (opportunity,) = things(document, "LearningOpportunity")
    assert programme["title"] == {"et": "Data Science (et)", "en": "Data Science"}
    assert programme["creditPoint"]["point"] == "12"
    assert programme["volumeOfLearning"] == "PT312H"
    assert programme["eqfLevel"]["@id"] == "http://data.europa.eu/snb/eqf/7"
    assert len(programme["learningOutcome"]) == 3
    assert opportunity["learningAchievementSpecification"]["@id"] == programme["@id"]
    assert opportunity["applicationDeadline"] == "2027-01-21T23:59:59+02:00"
    assert Decimal(opportunity["priceDetail"]["amount"]["value"]) == 2400
    (page,) = [p for p in opportunity["homepage"] if p["@id"].endswith(":en")]
    address = "http://localhost:8000/en/programmes/data-science/?semester=2027-spring"
    assert page["contentURL"] == address


def test_what_has_ended_or_is_one_employers_is_no_opportunity(
    client: Client, run: Run
) -> None:
    Run.objects.update(starts_on=clock.today(), ends_on=clock.today())
    assert len(things(told(client), "LearningOpportunity")) == 1

    acme = Organisation.objects.create(name="Acme", registry_code="12345678")
    Run.objects.update(commissioned_by=acme)

    assert things(told(client), "LearningOpportunity") == []
    assert len(things(told(client), "Qualification")) == 1


def test_every_programme_is_told_a_page_at_a_time(
    client: Client, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mikrokraad.pages.views.machines.PROGRAMMES", 2)
    factories.many(2)

    first, last = client.get(ALL), client.get(f"{ALL}?page=2")

    assert len(things(first.json(), "Qualification")) == 2
    assert len(things(last.json(), "Qualification")) == 1
    assert first["Link"] == f'<http://localhost:8000{ALL}?page=2>; rel="next"'
    assert "Link" not in last


def test_more_programmes_cost_no_more_questions(
    client: Client,
    run: Run,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    with CaptureQueriesContext(connection) as few:
        told(client, ALL)
    factories.many(3)

    with django_assert_num_queries(len(few)):
        assert len(things(told(client, ALL), "LearningOpportunity")) == 4


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(ONE).status_code == 404


def test_a_page_says_where_its_opportunities_are(client: Client, run: Run) -> None:
    head = factories.text_of(client.get("/en/programmes/data-science/"))

    link = f'<link rel="alternate" type="application/ld+json" title="Data Science" href="{ONE}">'
    assert link in head


# The published shapes -----------------------------------------------------------------


@pytest.mark.parametrize("address", [ONE, ALL])
def test_opportunities_have_the_published_shape(
    client: Client, run: Run, shared: Path, address: str
) -> None:
    factories.offered("Singing", slug="singing", mode="online", fee_cents=0)
    shapes = _shapes(shared)
    document = told(client, address)
    facts = graph(document, shared)

    assert len(_things_of(facts, OPPORTUNITY)) == len(
        things(document, "LearningOpportunity")
    )
    assert sorted(faults(facts, shapes)) == []


def test_a_document_that_lacks_something_is_found_out(
    client: Client, run: Run, shared: Path
) -> None:
    shapes = _shapes(shared)
    document = told(client)
    (giver,) = things(document, "Organisation")
    (opportunity,) = things(document, "LearningOpportunity")
    del giver["legalName"]
    del opportunity["providedBy"]
    opportunity["priceDetail"]["amount"]["unit"]["@type"] = "Note"

    found = " ".join(faults(graph(document, shared), shapes))

    assert "legalName stands 0 times" in found
    assert "providedBy stands 0 times" in found
    assert "elm/unit is no" in found


def _shapes(shared: Path) -> rdf.Store:
    shapes = rdf.Store()
    for name in ("EDC-generic-no-cv.ttl", "EDC-generic-full.ttl"):
        path = shared / "standards" / "elm" / "shapes" / name
        shapes.load(path=str(path), format=rdf.RdfFormat.TURTLE)
    return shapes


def graph(document: Node, shared: Path) -> rdf.Store:
    """The document as statements, by the published context and no other."""
    path = shared / "standards" / "elm" / "context" / "edc-ap-context.jsonld"
    context = json.loads(path.read_text())["@context"]
    plain = {**document, "@context": context}
    quads = jsonld.to_rdf(plain, {"format": "application/n-quads"})
    store = rdf.Store()
    store.load(str(quads).encode(), format=rdf.RdfFormat.N_QUADS)
    return store


def faults(facts: rdf.Store, shapes: rdf.Store) -> Iterator[str]:
    """What breaks how often a property may stand, of which kind, and of which class."""
    for shape, rule in _rules(shapes):
        for thing in _things_of(facts, shape):
            values = [
                quad.object
                for quad in facts.quads_for_pattern(thing, rule["path"], None, None)
            ]
            yield from _broken(facts, rule, values)


def _broken(facts: rdf.Store, rule: dict[str, Any], values: list[Any]) -> Iterator[str]:
    path = rule["path"].value
    if not rule["least"] <= len(values) <= rule["most"]:
        yield f"{path} stands {len(values)} times"
    for value in values:
        if rule["datatype"] and _datatype(value) != rule["datatype"]:
            yield f"{path} is no {rule['datatype']}: {value}"
        of = rdf.Quad(value, TYPE, rule["class"]) if rule["class"] else None
        if of and of not in facts:
            yield f"{path} is no {rule['class']}: {value}"


def _datatype(value: Any) -> str:  # noqa: ANN401
    return LANGUAGE_STRING if value.language else str(value.datatype.value)


def _rules(shapes: rdf.Store) -> Iterator[tuple[Any, dict[str, Any]]]:
    target, prop = (rdf.NamedNode(f"{SHACL}{n}") for n in ("targetClass", "property"))
    for of in shapes.quads_for_pattern(None, target, None, None):
        for held in shapes.quads_for_pattern(of.subject, prop, None, None):
            yield of.object, _rule(shapes, held.object)


def _rule(shapes: rdf.Store, node: Any) -> dict[str, Any]:  # noqa: ANN401
    def said(name: str) -> Any:  # noqa: ANN401
        found = shapes.quads_for_pattern(node, rdf.NamedNode(SHACL + name), None, None)
        return next((quad.object for quad in found), None)

    least, most, datatype = said("minCount"), said("maxCount"), said("datatype")
    return {
        "path": said("path"),
        "least": int(least.value) if least else 0,
        "most": int(most.value) if most else 1_000,
        "datatype": datatype.value if datatype else "",
        "class": said("class"),
    }


def _things_of(facts: rdf.Store, kind: rdf.NamedNode) -> list[Any]:
    """Those that say something: a mere reference is told of elsewhere."""
    found = facts.quads_for_pattern(None, TYPE, kind, None)
    return [quad.subject for quad in found]
