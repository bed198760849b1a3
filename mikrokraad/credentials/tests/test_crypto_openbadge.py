"""Our badges against the published schema, and the facts read back from them."""

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.credentials.crypto import facts as frozen
from mikrokraad.credentials.crypto import openbadge, rdfc, reading
from mikrokraad.credentials.tests import examples

SCHEMA = "ob_v3p0_achievementcredential_schema.json"
words = st.text(min_size=1, max_size=60).map(frozen.clean).filter(bool)


def schema(shared: Path) -> jsonschema.Draft201909Validator:
    folder = shared / "standards" / "open-badges-3" / "schema"
    return jsonschema.Draft201909Validator(json.loads((folder / SCHEMA).read_text()))


@pytest.mark.parametrize("language", ["et", "en"])
@pytest.mark.parametrize("kind", ["certificate", "statement"])
def test_a_signed_badge_fits_the_published_schema(
    shared: Path, language: str, kind: str
) -> None:
    signed = examples.signed_credential(language=language, kind=kind)

    assert [each.message for each in schema(shared).iter_errors(signed)] == []


def test_the_published_schema_would_find_a_fault(shared: Path) -> None:
    signed = examples.signed_credential()
    del signed["credentialSubject"]["achievement"]["criteria"]

    assert [each.message for each in schema(shared).iter_errors(signed)] != []


@given(name=words, title=words, outcome=words, assessment=words)
def test_the_facts_are_read_back_exactly(
    name: str, title: str, outcome: str, assessment: str
) -> None:
    raw = examples.raw_facts()
    raw["learner"]["name"] = name
    raw["programme"]["title"] = {"et": title}
    raw["outcomes"][0] |= {"text": {"et": outcome}, "assessment": {"et": assessment}}
    facts = frozen.checked(raw)

    badge = openbadge.credential_from(
        facts,
        issuer_did=examples.ISSUER,
        credential_id=examples.CREDENTIAL_ID,
        status=examples.STATUS,
        valid_from=examples.AT,
    )

    assert reading.facts_in(badge) == reading.shared(facts)
    rdfc.lint(badge)


def test_neither_birth_date_nor_personal_code_is_in_a_badge() -> None:
    text = json.dumps(examples.signed_credential())

    assert "49002010965" not in text
    assert "1990-02-10" not in text


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"number": ""}, "number"),
        ({"eqf_level": 0}, "level"),
        ({"hours": 1}, "workload"),
        ({"outcomes": []}, "outcomes"),
        ({"participation": {}}, "participation"),
        ({"assessment_type": {}}, "assessment_type"),
        ({"quality_assurance": {}}, "quality_assurance"),
        ({"issued_on": "yesterday"}, "issued_on"),
        ({"language": "fi"}, "language"),
    ],
)
def test_a_missing_mandatory_element_is_named(
    change: dict[str, object], element: str
) -> None:
    with pytest.raises(frozen.FactsIncomplete) as refused:
        examples.facts(**change)

    assert element in refused.value.elements
