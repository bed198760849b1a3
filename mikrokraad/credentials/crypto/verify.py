"""Is this document genuine, whose is it, and does it still hold? Without network or clock."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mikrokraad.credentials.crypto import (
    careful,
    integrity,
    isolation,
    multibase,
    rdfc,
    statuslist,
    vcdm,
)
from mikrokraad.credentials.crypto.contexts import Document
from mikrokraad.credentials.crypto.instants import moment

Outcome: TypeAlias = Literal[
    "valid",
    "invalid",
    "revoked",
    "not_yet_valid",
    "expired",
    "issuer_unknown",
    "status_unknown",
    "not_checkable",
]
ORDER: tuple[Outcome, ...] = (
    "not_checkable",
    "invalid",
    "issuer_unknown",
    "revoked",
    "expired",
    "not_yet_valid",
    "status_unknown",
)
Keys: TypeAlias = Callable[[str], Ed25519PublicKey | None]
Lists: TypeAlias = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One question asked of the document. `outcome` is what a failure makes of the whole."""

    name: str
    passed: bool
    reason: str = ""
    outcome: Outcome = "valid"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `document` is there as soon as it could be read."""

    outcome: Outcome
    checks: tuple[Check, ...]
    document: Document | None = None

    @property
    def reason(self) -> str:
        """The machine-readable reason of the first check that failed, or nothing."""
        return next((check.reason for check in self.checks if not check.passed), "")


class _Stop(Exception):
    """Nothing that follows could be believed."""

    def __init__(
        self, name: str, reason: str, outcome: Outcome, detail: str = ""
    ) -> None:
        super().__init__(reason)
        self.check = Check(
            name, passed=False, reason=reason, outcome=outcome, detail=detail
        )


def verify_document(
    document: bytes | Document, *, keys: Keys, status: Lists, at: datetime
) -> Verdict:
    """Check a credential and say what came of each question.

    `keys` gives the key of a verification method if it belongs to an issuer trusted here;
    `status` gives the encoded list of a status list's address, if it is known here.
    The outcome is the first in `ORDER` that a failed check names, else valid.
    """
    checks: list[Check] = []
    content = None if isinstance(document, bytes) else document
    try:
        if content is None:
            content = _read(document)
        checks.append(Check("readable", passed=True))
        _require_structure(content)
        checks.append(Check("structure", passed=True))
        checks += [
            *_proof_checks(content, keys, at),
            *_status_checks(content, status),
            *_time_checks(content, at),
        ]
    except _Stop as stop:
        checks.append(stop.check)
    failed = [check.outcome for check in checks if not check.passed]
    return Verdict(
        min(failed, key=ORDER.index, default="valid"), tuple(checks), content
    )


def _read(raw: object) -> Document:
    try:
        if not isinstance(raw, bytes) or len(raw) > isolation.MOST_BYTES:
            raise _Stop("readable", "too-large", "not_checkable")
        content = json.loads(raw, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _Stop("readable", "not-json", "not_checkable", str(error)) from error
    if not isinstance(content, dict):
        raise _Stop("readable", "not-json", "not_checkable")
    return content


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name stands twice in one object.")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON.")


def _require_structure(content: Document) -> None:
    types = content.get("type")
    if vcdm.TYPE not in (types if isinstance(types, list) else [types]):
        raise _Stop("structure", "not-a-credential", "not_checkable")
    try:
        isolation.require_modest(content)
    except isolation.TooMuch as error:
        raise _Stop("structure", error.reason, "not_checkable", str(error)) from error
    broken = vcdm.problems(content)
    if broken:
        detail = "; ".join(f"{each.path} {each.rule}" for each in broken)
        raise _Stop("structure", "broken-structure", "invalid", detail)


def _proof_checks(content: Document, keys: Keys, at: datetime) -> Iterator[Check]:
    proofs = integrity.proofs_of(content)
    if not proofs:
        raise _Stop("proof", "no-proof", "invalid")
    ours = [each for each in proofs if each.get("cryptosuite") == integrity.SUITE]
    if not ours:
        raise _Stop("proof", "unsupported-proof", "not_checkable")
    trusted = True
    for proof in ours:
        key, known = _key(content, proof, keys)
        trusted = trusted and known
        failure = _failure(content, proof, key, at)
        if failure:
            raise _Stop("proof", failure.reason, "invalid", failure.detail)
    yield Check("proof", passed=True)
    yield (
        Check("issuer", passed=True)
        if trusted
        else _failed("issuer", "issuer-unknown", "issuer_unknown")
    )


def _key(
    content: Document, proof: Document, keys: Keys
) -> tuple[Ed25519PublicKey, bool]:
    method = proof.get("verificationMethod")
    controller, _, fragment = (
        method.partition("#") if isinstance(method, str) else ("", "", "")
    )
    issuer = content["issuer"]
    if controller != (issuer["id"] if isinstance(issuer, dict) else issuer):
        raise _Stop("proof", "key-of-somebody-else", "invalid", str(method))
    known = keys(str(method))
    if known is not None:
        return known, True
    try:
        return multibase.from_multikey(fragment), False
    except ValueError as error:
        raise _Stop("proof", "key-unknown", "not_checkable", str(method)) from error


def _failure(
    content: Document, proof: Document, key: Ed25519PublicKey, at: datetime
) -> integrity.ProofFailure | None:
    try:
        return integrity.proof_failure(
            content, proof, public_key=key, at=at, canonicalise=careful.canonical
        )
    except (rdfc.UnknownContext, isolation.TooMuch) as error:
        raise _Stop("proof", error.reason, "not_checkable", str(error)) from error
    except rdfc.NotCanonical as error:
        raise _Stop("proof", error.reason, "invalid", str(error)) from error


def _status_checks(content: Document, status: Lists) -> Iterator[Check]:
    entries = content.get("credentialStatus", [])
    for entry in entries if isinstance(entries, list) else [entries]:
        yield _status_check(entry, status)


def _status_check(entry: Document, status: Lists) -> Check:
    position, address = (
        str(entry.get("statusListIndex")),
        str(entry.get("statusListCredential")),
    )
    if entry["type"] != statuslist.ENTRY:
        return _failed("status", "status-method-unknown", "status_unknown")
    if not re.fullmatch(r"[0-9]{1,12}", position):
        raise _Stop("status", "malformed-status", "invalid")
    published = status(address)
    if published is None:
        return _failed("status", "status-list-unknown", "status_unknown", address)
    try:
        revoked = statuslist.is_set(published, int(position))
    except statuslist.StatusListError as error:
        return _failed("status", error.code, "status_unknown", str(error))
    return (
        _failed("status", "revoked", "revoked")
        if revoked
        else Check("status", passed=True)
    )


def _failed(name: str, reason: str, outcome: Outcome, detail: str = "") -> Check:
    return Check(name, passed=False, reason=reason, outcome=outcome, detail=detail)


def _time_checks(content: Document, at: datetime) -> Iterator[Check]:
    start, end = moment(content.get("validFrom")), moment(content.get("validUntil"))
    over, early = end is not None and at > end, start is not None and at < start
    yield (
        _failed("not_over", "expired", "expired")
        if over
        else Check("not_over", passed=True)
    )
    yield (
        _failed("begun", "not-yet-valid", "not_yet_valid")
        if early
        else Check("begun", passed=True)
    )
