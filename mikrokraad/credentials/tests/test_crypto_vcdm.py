import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mikrokraad.credentials.crypto import rdfc, vcdm
from mikrokraad.credentials.crypto.contexts import Contexts, Document
from mikrokraad.credentials.tests import examples


def inputs(shared: Path) -> list[Path]:
    folder = shared / "standards" / "w3c" / "vcdm2-test-suite-input"
    return sorted(
        [
            *folder.glob("credential-*.json"),
            *folder.glob("names-and-descriptions/*.json"),
        ]
    )


def as_issued(file: Path) -> Document:
    """The input as the suite sends it: with an issuer, and with real dates."""
    text = (
        file.read_text()
        .replace("FUTURE DATE", "2037-01-01T00:00:00Z")
        .replace("PAST DATE", "2017-01-01T00:00:00Z")
    )
    credential: Document = json.loads(text)
    issuer = credential.setdefault("issuer", "did:example:issuer")
    if isinstance(issuer, dict):
        issuer.setdefault("id", "did:example:issuer")
    return credential


def is_refused(credential: Document, known: Contexts) -> bool:
    if vcdm.problems(credential):
        return True
    try:
        rdfc.lint(
            {name: value for name, value in credential.items() if name != "proof"},
            contexts=known,
        )
    except rdfc.NotCanonical:
        return True
    return False


def test_inputs_of_the_suite_are_accepted_and_refused_as_published(
    shared: Path,
) -> None:
    known = examples.all_contexts(shared)
    files = inputs(shared)
    assert len(files) == 95

    wrong = [
        file.name
        for file in files
        if is_refused(as_issued(file), known) == file.stem.endswith("-ok")
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"validFrom": datetime(2027, 1, 1, tzinfo=UTC).isoformat()[:-6]}, "validFrom"),
        ({"validFrom": "2027-02-30T00:00:00Z"}, "validFrom"),
        ({"name": 7}, "name"),
        ({"issuer": {"id": "did:web:a", "name": {"@value": 1}}}, "issuer.name"),
        ({"credentialStatus": "revoked"}, "credentialStatus"),
        ({"evidence": {"type": []}}, "evidence.type"),
        (
            {"relatedResource": {"id": "not a URL", "digestSRI": "a"}},
            "relatedResource.id",
        ),
        ({"relatedResource": {"id": "https://a.example"}}, "relatedResource"),
        (
            {"relatedResource": [{"id": "https://a.example", "digestSRI": "a"}] * 2},
            "relatedResource.id",
        ),
        ({"type": ["VerifiableCredential", 7]}, "type"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(
    change: dict[str, Any], path: str
) -> None:
    credential = {**examples.credential(), **change}

    assert [each.path for each in vcdm.problems(credential)] == [path]
