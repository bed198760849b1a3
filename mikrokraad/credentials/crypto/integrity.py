"""Data integrity proofs with the cryptosuite eddsa-rdfc-2022.

Sources: W3C Data Integrity 1.0; W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.2.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from mikrokraad.credentials.crypto import multibase, rdfc
from mikrokraad.credentials.crypto.contexts import Contexts, Document
from mikrokraad.credentials.crypto.instants import moment, stamp

TYPE = "DataIntegrityProof"
SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"

Canonicalise = Callable[[Document], str]


@dataclass(frozen=True, slots=True)
class ProofFailure:
    """Why a proof does not hold. `reason` is for machines, `detail` for people who look closer."""

    reason: str
    detail: str = ""


def proof_config(
    document: Document,
    *,
    verification_method: str,
    created: datetime,
    expires: datetime | None = None,
) -> Document:
    """The options of a proof before it has a value, with the document's own contexts."""
    until = {} if expires is None else {"expires": stamp(expires)}
    return {
        "@context": document["@context"],
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": stamp(created),
        **until,
        "verificationMethod": verification_method,
        "proofPurpose": PURPOSE,
    }


def hash_data(
    document: Document, config: Document, *, canonicalise: Canonicalise
) -> bytes:
    """The 64 bytes that are signed: the proof options' hash, then the document's."""
    return _hash(canonicalise(config)) + _hash(canonicalise(_unsecured(document)))


def with_proof(
    document: Document,
    *,
    key: Ed25519PrivateKey,
    verification_method: str,
    created: datetime,
    expires: datetime | None = None,
    contexts: Contexts | None = None,
) -> Document:
    """The document with one proof, as an array (Open Badges' schema wants an array).

    Errors: rdfc.UndefinedTerm, rdfc.UnknownContext: never sign what would not be covered.
    """
    expanded = rdfc.lint(_unsecured(document), contexts=contexts)
    config = proof_config(
        document,
        verification_method=verification_method,
        created=created,
        expires=expires,
    )
    data = _hash(rdfc.canonical(config, contexts=contexts)) + _hash(
        rdfc.canonical_expanded(expanded)
    )
    return {**document, "proof": [finished(config, key.sign(data))]}


def finished(config: Document, signature: bytes) -> Document:
    """The proof as it is published: its options without contexts, and the signature."""
    proof = {name: value for name, value in config.items() if name != "@context"}
    return {**proof, "proofValue": multibase.encode(signature)}


def proofs_of(document: Document) -> list[Document]:
    """The proofs of a document, whether it carries one or an array of them."""
    proofs = document.get("proof", [])
    listed = proofs if isinstance(proofs, list) else [proofs]
    return [each for each in listed if isinstance(each, dict)]


def proof_failure(
    document: Document,
    proof: Document,
    *,
    public_key: Ed25519PublicKey,
    at: datetime,
    purpose: str = PURPOSE,
    canonicalise: Canonicalise = rdfc.canonical,
) -> ProofFailure | None:
    """Why `proof` does not hold for `document`, or None when it holds.

    Reasons: unsupported-proof, wrong-purpose, malformed-proof, proof-expired,
    signature-mismatch.
    Errors: rdfc.NotCanonical when the document cannot be canonicalised.
    """
    failure = _shape_failure(proof, purpose=purpose) or _expiry_failure(proof, at=at)
    if failure:
        return failure
    signature = _signature(proof)
    if signature is None:
        return ProofFailure("malformed-proof", "proofValue")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    data = hash_data(
        document,
        {**options, "@context": document["@context"]},
        canonicalise=canonicalise,
    )
    try:
        public_key.verify(signature, data)
    except InvalidSignature:
        return ProofFailure(
            "signature-mismatch", "The document or its proof was changed after signing."
        )
    return None


def _shape_failure(proof: Document, *, purpose: str) -> ProofFailure | None:
    if proof.get("type") != TYPE or proof.get("cryptosuite") != SUITE:
        return ProofFailure(
            "unsupported-proof", str(proof.get("cryptosuite", proof.get("type")))
        )
    if "previousProof" in proof:
        return ProofFailure("unsupported-proof", "previousProof")
    if proof.get("proofPurpose") != purpose:
        return ProofFailure("wrong-purpose", str(proof.get("proofPurpose")))
    return None


def _expiry_failure(proof: Document, *, at: datetime) -> ProofFailure | None:
    for name in ("created", "expires"):
        if name in proof and moment(proof[name]) is None:
            return ProofFailure("malformed-proof", name)
    expires = moment(proof.get("expires"))
    if expires is not None and at > expires:
        return ProofFailure("proof-expired", str(proof["expires"]))
    return None


def _signature(proof: Document) -> bytes | None:
    value = proof.get("proofValue")
    try:
        signature = (
            multibase.decode(value)
            if isinstance(value, str) and value.startswith("z")
            else b""
        )
    except ValueError:
        return None
    return signature if len(signature) == 64 else None  # noqa: PLR2004 -- an Ed25519 signature


def _unsecured(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "proof"}


def _hash(canonical: str) -> bytes:
    return sha256(canonical.encode()).digest()
