import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from mikrokraad.credentials.crypto import integrity, multibase, rdfc
from mikrokraad.credentials.crypto.contexts import CREDENTIALS, Contexts, Document
from mikrokraad.credentials.crypto.instants import moment
from mikrokraad.credentials.tests.examples import AT, KEY, all_contexts

METHOD = "did:web:example.org#" + multibase.multikey(KEY.public_key())


def vectors(shared: Path) -> Path:
    return shared / "standards" / "w3c" / "vc-di-eddsa" / "TestVectors"


def read(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def test_proof_is_byte_for_byte_the_published_one(shared: Path) -> None:
    here, known = vectors(shared) / "eddsa-rdfc-2022", all_contexts(shared)
    published, config = (
        read(here / "signedDataInt.json"),
        read(here / "proofConfigDataInt.json"),
    )
    keys, created = read(vectors(shared) / "keyPair.json"), moment(config["created"])
    signer = Ed25519PrivateKey.from_private_bytes(
        multibase.decode(keys["privateKeyMultibase"])[2:]
    )
    unsigned = {name: value for name, value in published.items() if name != "proof"}
    assert created is not None

    assert (
        rdfc.canonical(unsigned, contexts=known)
        == (here / "canonDocDataInt.txt").read_text()
    )
    assert (
        rdfc.canonical(config, contexts=known)
        == (here / "proofCanonDataInt.txt").read_text()
    )
    signed = integrity.with_proof(
        unsigned,
        key=signer,
        verification_method=config["verificationMethod"],
        created=created,
        contexts=known,
    )

    assert signed["proof"] == [published["proof"]]
    assert (
        signed["proof"][0]["proofValue"]
        == (here / "sigBTC58DataInt.txt").read_text().strip()
    )
    key = multibase.from_multikey(keys["publicKeyMultibase"])
    assert failure_of(published, known=known, key=key) is None


@pytest.mark.parametrize("folder", ["eddsa-rdfc-2022", "eddsa-rdfc-2022/employ"])
def test_hashes_are_the_published_ones(shared: Path, folder: str) -> None:
    here = (
        vectors(shared) / folder
    )  # the context of the second is not published with it
    texts = {
        "config": (here / "proofCanonDataInt.txt").read_text(),
        "document": (here / "canonDocDataInt.txt").read_text(),
    }

    data = integrity.hash_data(
        {"which": "document"},
        {"which": "config"},
        canonicalise=lambda each: texts[each["which"]],
    )

    assert data.hex() == (here / "combinedHashDataInt.txt").read_text().strip()
    signature = bytes.fromhex((here / "sigHexDataInt.txt").read_text().strip())
    multibase.from_multikey(
        read(vectors(shared) / "keyPair.json")["publicKeyMultibase"]
    ).verify(signature, data)


def test_every_proof_of_a_published_set_holds(shared: Path) -> None:
    here, known = vectors(shared) / "proof-set-chain", all_contexts(shared)
    document = read(here / "signedProofSet2.json")
    keys = {
        each["publicKeyMultibase"]
        for each in read(here / "multiKeyPairs.json").values()
        if "publicKeyMultibase" in each
    }

    for proof in integrity.proofs_of(document):
        if proof["cryptosuite"] == integrity.SUITE:
            key = proof["verificationMethod"].partition("#")[2]
            assert key in keys or key.startswith("z6Mk")
            assert (
                failure_of(
                    {**document, "proof": proof},
                    known=known,
                    key=multibase.from_multikey(key),
                )
                is None
            )


def failure_of(
    document: Document,
    *,
    known: Contexts | None = None,
    key: Ed25519PublicKey | None = None,
    at: datetime = AT,
    purpose: str = integrity.PURPOSE,
) -> integrity.ProofFailure | None:
    return integrity.proof_failure(
        document,
        integrity.proofs_of(document)[0],
        public_key=key or KEY.public_key(),
        at=at,
        canonicalise=lambda each: rdfc.canonical(each, contexts=known),
        purpose=purpose,
    )


def reason_of(
    document: Document, *, at: datetime = AT, purpose: str = integrity.PURPOSE
) -> str:
    failure = failure_of(document, at=at, purpose=purpose)
    return failure.reason if failure else ""


@pytest.fixture
def signed() -> Document:
    document = {
        "@context": [CREDENTIALS],
        "type": ["VerifiableCredential"],
        "issuer": "did:web:example.org",
        "credentialSubject": {"id": "did:example:a", "name": "Liis"},
    }
    return integrity.with_proof(
        document,
        key=KEY,
        verification_method=METHOD,
        created=AT,
        expires=AT + timedelta(days=1),
    )


def test_proof_holds_as_an_array_and_as_one_object(signed: Document) -> None:
    single = {**signed, "proof": signed["proof"][0]}

    assert failure_of(signed) is None
    assert failure_of(single) is None


def test_proof_holds_until_the_second_it_expires(signed: Document) -> None:
    end = AT + timedelta(days=1)

    assert failure_of(signed, at=end) is None
    assert reason_of(signed, at=end + timedelta(seconds=1)) == "proof-expired"


def test_proof_for_another_purpose_is_refused(signed: Document) -> None:
    assert reason_of(signed, purpose="authentication") == "wrong-purpose"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"proofPurpose": "authentication"}, "wrong-purpose"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "unsupported-proof"),
        ({"type": "Ed25519Signature2020"}, "unsupported-proof"),
        ({"previousProof": "urn:uuid:1"}, "unsupported-proof"),
        ({"created": "yesterday"}, "malformed-proof"),
        ({"expires": "2027-07-02"}, "malformed-proof"),
        ({"proofValue": "z0"}, "malformed-proof"),
        ({"proofValue": "z1111"}, "malformed-proof"),
        ({"proofValue": 7}, "malformed-proof"),
        ({"created": "2027-07-02T09:00:01Z"}, "signature-mismatch"),
        ({"expires": "2037-07-02T09:00:00Z"}, "signature-mismatch"),
    ],
)
def test_a_changed_proof_is_refused_with_its_reason(
    signed: Document, change: Document, reason: str
) -> None:
    changed = {**signed, "proof": [{**signed["proof"][0], **change}]}

    assert reason_of(changed) == reason


def test_one_changed_letter_is_refused(signed: Document) -> None:
    changed = {**signed, "credentialSubject": {"id": "did:example:a", "name": "Liiz"}}

    assert reason_of(changed) == "signature-mismatch"


def test_what_would_not_be_covered_is_never_signed() -> None:
    document = {
        "@context": [CREDENTIALS],
        "type": ["VerifiableCredential"],
        "colour": "madder",
    }

    with pytest.raises(rdfc.UndefinedTerm, match="colour"):
        integrity.with_proof(document, key=KEY, verification_method=METHOD, created=AT)
