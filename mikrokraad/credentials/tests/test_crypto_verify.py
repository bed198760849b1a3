"""Verification without network: every kind of answer, and no changed letter passes."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.credentials.crypto import did, statuslist
from mikrokraad.credentials.crypto.contexts import Document
from mikrokraad.credentials.crypto.verify import Verdict, verify_document
from mikrokraad.credentials.tests import examples
from mikrokraad.credentials.tests.examples import AT, ISSUER, KEY, LIST_URL, STATUS

SIGNED = examples.signed_credential()
KEYS = {did.verification_method(ISSUER, KEY.public_key()): KEY.public_key()}
LISTS = {LIST_URL: examples.NOTHING_REVOKED}
Path = tuple[str | int, ...]


def verdict(
    document: bytes | Document,
    *,
    keys: dict[str, Any] | None = None,
    lists: dict[str, str] | None = None,
) -> Verdict:
    return verify_document(
        document,
        keys=(KEYS if keys is None else keys).get,
        status=(LISTS if lists is None else lists).get,
        at=AT,
    )


def leaves(node: object, path: Path = ()) -> Iterator[Path]:
    if isinstance(node, dict):
        for name, each in node.items():
            yield from leaves(each, (*path, name))
    elif isinstance(node, list):
        for place, each in enumerate(node):
            yield from leaves(each, (*path, place))
    else:
        yield path


def changed(document: Document, path: Path, value: object) -> Document:
    copied = copy.deepcopy(document)
    node: Any = copied
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return copied


LEAVES = list(leaves(SIGNED))


def test_what_was_issued_is_valid() -> None:
    answer = verdict(json.dumps(SIGNED).encode())

    assert answer.outcome == "valid"
    assert all(check.passed for check in answer.checks)


@given(st.sampled_from(LEAVES), st.text(max_size=20))
def test_no_changed_fact_passes(path: Path, text: str) -> None:
    before: Any = SIGNED
    for step in path:
        before = before[step]
    value = text if text != before else f"{text}x"

    answer = verdict(changed(SIGNED, path, value))

    assert answer.outcome not in {"valid", "revoked", "status_unknown"}
    assert answer.reason


@pytest.mark.parametrize("path", LEAVES, ids=str)
def test_one_more_letter_anywhere_is_refused_with_the_reason(path: Path) -> None:
    before: Any = SIGNED
    for step in path:
        before = before[step]
    value = f"{before}x" if isinstance(before, str) else not before

    answer = verdict(changed(SIGNED, path, value))

    assert answer.outcome in {"invalid", "not_checkable"}
    assert answer.reason


RAW = json.dumps(SIGNED, ensure_ascii=False).encode()


@given(st.integers(min_value=0, max_value=len(RAW) - 1), st.integers(1, 255))
def test_no_changed_byte_passes_unless_it_says_the_same(place: int, flip: int) -> None:
    tampered = bytearray(RAW)
    tampered[place] ^= flip
    try:
        same = json.loads(tampered) == SIGNED
    except ValueError:
        same = False

    answer = verdict(bytes(tampered))

    assert (answer.outcome == "valid") == same
    assert same or answer.reason


def test_a_set_bit_is_a_revocation() -> None:
    lists = {LIST_URL: statuslist.encoded([STATUS.position])}

    answer = verdict(SIGNED, lists=lists)

    assert (answer.outcome, answer.reason) == ("revoked", "revoked")


def test_another_bit_is_not() -> None:
    lists = {LIST_URL: statuslist.encoded([STATUS.position + 1])}

    assert verdict(SIGNED, lists=lists).outcome == "valid"


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        ({"keys": {}}, "issuer_unknown"),
        ({"lists": {}}, "status_unknown"),
        ({"lists": {LIST_URL: "ubroken"}}, "status_unknown"),
        ({"keys": {}, "lists": {}}, "issuer_unknown"),
    ],
)
def test_what_is_not_known_here_is_said_so(
    options: dict[str, Any], outcome: str
) -> None:
    assert verdict(SIGNED, **options).outcome == outcome


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not-json"),
        (b"[]", "not-json"),
        (b"{}", "not-a-credential"),
        (b'{"a": 1, "a": 2}', "not-json"),
        (b'{"a": NaN}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b" " * 300_000, "too-large"),
    ],
)
def test_what_is_no_certificate_is_not_checkable(raw: bytes, reason: str) -> None:
    answer = verdict(raw)

    assert (answer.outcome, answer.reason) == ("not_checkable", reason)


def test_without_its_proof_it_proves_nothing() -> None:
    bare = {name: value for name, value in SIGNED.items() if name != "proof"}

    assert verdict(bare).reason == "no-proof"


def test_a_proof_of_somebody_else_is_refused() -> None:
    other = changed(SIGNED, ("proof", 0, "verificationMethod"), "did:web:evil.org#z6")

    assert verdict(other).reason == "key-of-somebody-else"


def test_before_its_first_day_and_after_its_last() -> None:
    early = verify_document(
        SIGNED, keys=KEYS.get, status=LISTS.get, at=AT - timedelta(days=1)
    )

    assert early.outcome == "not_yet_valid"
