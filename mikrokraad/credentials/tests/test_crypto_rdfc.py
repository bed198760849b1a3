import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from mikrokraad.credentials.crypto import careful, contexts, isolation, plain, rdfc
from mikrokraad.credentials.crypto.contexts import CREDENTIALS, Document
from mikrokraad.credentials.tests import examples


def entries(shared: Path, kind: str) -> list[dict[str, Any]]:
    folder = shared / "standards" / "w3c" / "rdf-canon" / "tests"
    listed = json.loads((folder / "manifest.jsonld").read_text())["entries"]
    return [
        each
        for each in listed
        if each["type"] == kind and each.get("hashAlgorithm", "SHA256") == "SHA256"
    ]


def dataset(text: str) -> pyoxigraph.Dataset:
    return pyoxigraph.Dataset(
        pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)
    )


def in_order(text: str) -> str:
    return "".join(sorted(f"{line}\n" for line in text.split("\n") if line))


def test_all_published_graphs_become_canonical(shared: Path) -> None:
    folder = shared / "standards" / "w3c" / "rdf-canon" / "tests"
    tests = entries(shared, "rdfc:RDFC10EvalTest")
    assert (
        len(tests) == 63
    )  # the 64th is hashed with SHA-384, which no credential of ours is

    for test in tests:
        source, expected = (
            (folder / test[name]).read_text() for name in ("action", "result")
        )
        found = rdfc.canonical_quads(dataset(source))
        assert found == in_order(expected), test["name"]


def test_the_plain_path_agrees_with_the_engine_wherever_it_answers(
    shared: Path,
) -> None:
    folder = shared / "standards" / "w3c" / "rdf-canon" / "tests"
    answered = 0

    for test in entries(shared, "rdfc:RDFC10EvalTest"):
        graph = dataset((folder / test["action"]).read_text())
        found = plain.canonical(rdfc.lines(graph))
        if found is not None:
            answered += 1
            assert found == rdfc.canonical_quads(graph), test["name"]

    assert answered >= 25


def test_a_poison_graph_is_given_up_in_time(shared: Path) -> None:
    folder = shared / "standards" / "w3c" / "rdf-canon" / "tests"
    poison = entries(shared, "rdfc:RDFC10NegativeEvalTest")
    assert len(poison) == 1

    with pytest.raises(isolation.TooMuch):
        isolation.in_subprocess((folder / poison[0]["action"]).read_text(), seconds=1)


def poisoned(size: int) -> Document:
    """Blank nodes that all know each other and nobody else."""
    nodes = [
        {
            "id": f"_:n{one}",
            "https://a.example/knows": [
                {"id": f"_:n{two}"} for two in range(size) if two != one
            ],
        }
        for one in range(size)
    ]
    return {"@context": [CREDENTIALS], "https://a.example/all": nodes}


def test_careful_answers_a_hard_graph_apart_and_gives_up_a_poisonous_one() -> None:
    assert careful.canonical(poisoned(3)) == rdfc.canonical(poisoned(3))

    with pytest.raises(isolation.TooMuch):
        careful.canonical(poisoned(12))


def test_too_many_blank_nodes_are_refused_before_work_begins() -> None:
    with pytest.raises(isolation.TooMuch, match="more than 5 blank nodes"):
        isolation.in_subprocess(poisoned(8), most_blank_nodes=5)


def test_in_subprocess_answers_like_the_engine_and_names_undefined_terms() -> None:
    badge = examples.credential()

    assert isolation.in_subprocess(badge) == [rdfc.canonical(badge)]
    with pytest.raises(rdfc.UndefinedTerm) as refused:
        isolation.in_subprocess({**badge, "colour": "madder"})
    assert refused.value.names == ("colour",)


@pytest.mark.parametrize(
    "document",
    [
        {"@context": [CREDENTIALS] * 50},
        {"a": "x" * 300_000},
        json.loads('{"a":' * 60 + "1" + "}" * 60),
    ],
    ids=["contexts", "bytes", "depth"],
)
def test_an_immodest_document_is_refused(document: Document) -> None:
    with pytest.raises(isolation.TooMuch):
        isolation.require_modest(document)


def test_lint_names_every_undefined_term_type_and_relative_identifier() -> None:
    document = {
        "@context": [CREDENTIALS],
        "type": ["VerifiableCredential", "Sticker"],
        "id": "somewhere/else",
        "colour": "madder",
        "credentialSubject": {"id": "did:example:a", "shape": {"edge": 1}},
    }

    with pytest.raises(rdfc.UndefinedTerm) as refused:
        rdfc.lint(document)

    assert refused.value.names == ("Sticker", "colour", "shape", "somewhere/else")


def test_canonical_refuses_a_relative_identifier_by_itself() -> None:
    with pytest.raises(rdfc.UndefinedTerm, match="somewhere/else"):
        rdfc.canonical({"@context": [CREDENTIALS], "id": "somewhere/else", "name": "A"})


def test_an_unknown_context_is_never_fetched() -> None:
    document = {
        "@context": [CREDENTIALS, "https://example.org/context.json"],
        "name": "A",
    }

    for step in (rdfc.canonical, rdfc.lint):
        with pytest.raises(rdfc.UnknownContext, match=r"example\.org/context\.json"):
            step(document)


def test_a_protected_term_cannot_be_redefined() -> None:
    document = {
        "@context": [
            CREDENTIALS,
            {"VerifiableCredential": "https://example.org/#SomethingElse"},
        ],
        "type": "VerifiableCredential",
    }

    with pytest.raises(rdfc.NotCanonical, match="protected term"):
        rdfc.lint(document)


def test_contexts_inside_a_document_are_written_out_too() -> None:
    document = {
        "@context": CREDENTIALS,
        "credentialSubject": [{"@context": [CREDENTIALS], "id": "did:example:a"}],
    }

    found = rdfc.inlined(document)

    whole = contexts.shipped()[CREDENTIALS]["@context"]
    assert found["@context"] == whole
    assert found["credentialSubject"][0]["@context"] == [whole]


def test_a_linted_document_has_the_canonical_form_of_the_document(
    shared: Path,
) -> None:
    """JSON-LD 1.1: an expanded document says what the document said."""
    here = shared / "standards" / "w3c" / "vc-di-eddsa" / "TestVectors"
    published = json.loads(
        (here / "eddsa-rdfc-2022" / "signedDataInt.json").read_text()
    )
    known = examples.all_contexts(shared)
    documents = [
        {name: value for name, value in published.items() if name != "proof"},
        examples.credential(),
        examples.credential(ects=7.5, hours=195.0, language="en"),
        examples.credential(kind="statement"),
    ]

    for document in documents:
        expanded = rdfc.lint(document, contexts=known)

        assert rdfc.canonical_expanded(expanded) == rdfc.canonical(
            document, contexts=known
        )
