"""Verify any rendering: what it says, whether it is genuine, and whether it still holds.

What is known comes from a `Trust`: the local database, or files given by hand.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from mikrokraad.credentials import queries
from mikrokraad.credentials.crypto import did, inside, statuslist
from mikrokraad.credentials.crypto.contexts import Document
from mikrokraad.credentials.crypto.reading import Shared, facts_in
from mikrokraad.credentials.crypto.verify import (
    ORDER,
    Check,
    Keys,
    Lists,
    Outcome,
    verify_document,
)
from mikrokraad.credentials.issuer import credential_url
from mikrokraad.credentials.models import Credential
from mikrokraad.credentials.rules import CredentialState

VALID = 0
INVALID = 1
UNDECIDED = 3
EXITS: dict[Outcome, int] = {
    "valid": VALID,
    "issuer_unknown": UNDECIDED,
    "status_unknown": UNDECIDED,
    "not_checkable": UNDECIDED,
}
MOST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Trust:
    """Where keys, status and the register of issued files come from."""

    keys: Keys
    status: Lists
    is_ours: Callable[[bytes], bool] | None = None
    in_register: Callable[[Document], Credential | None] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it. `credential` is our own record of it, where there is one."""

    outcome: Outcome
    checks: tuple[Check, ...]
    facts: Shared | None = None
    issuer: str = ""
    credential: Credential | None = None

    @property
    def exit_code(self) -> int:
        return EXITS.get(self.outcome, INVALID)

    @property
    def reason(self) -> str:
        return next((each.reason for each in self.checks if not each.passed), "")

    @property
    def is_genuine(self) -> bool:
        """Signed by a known issuer and unchanged, whatever its status is now."""
        failed = {each.name for each in self.checks if not each.passed}
        return bool(self.facts) and failed <= {"status", "not_over", "begun"}


class CannotTrust(ValueError):
    """A did.json or status list that was given by hand does not hold itself."""


def from_here() -> Trust:
    """Trust our own database."""
    return Trust(
        keys=queries.public_keys().get,
        status=queries.encoded_list,
        is_ours=lambda raw: queries.rendering_with(sha256(raw).hexdigest()) is not None,
        in_register=_in_register,
    )


def from_files(
    issuers: Sequence[bytes], lists: Sequence[bytes], *, at: datetime
) -> Trust:
    """Trust the keys in did.json files, and status lists that those keys have signed.

    Errors: CannotTrust says which one is broken.
    """
    keys = {}
    for raw in issuers:
        keys.update(did.keys_in(_document(raw, "issuer")))
    if not keys:
        raise CannotTrust("No key can be read from the issuer's file.")
    known = {}
    for raw in lists:
        document = _document(raw, "status list")
        verdict = verify_document(document, keys=keys.get, status=lambda _: None, at=at)
        if verdict.outcome != "valid":
            raise CannotTrust(f"The status list does not hold: {verdict.reason}.")
        known[document["id"]] = str(document["credentialSubject"]["encodedList"])
    return Trust(keys=keys.get, status=known.get)


def examine(raw: bytes, trust: Trust, *, at: datetime) -> Answer:
    """Check a JSON or PDF file of a certificate."""
    is_pdf = raw.startswith(inside.PDF)
    badge = _badge_in(raw) if is_pdf else raw
    if badge is None:
        failed = Check("readable", False, "no-badge-inside", "not_checkable")  # noqa: FBT003
        return Answer("not_checkable", (failed,))
    verdict = verify_document(badge, keys=trust.keys, status=trust.status, at=at)
    checks = list(verdict.checks)
    document = verdict.document or {}
    record = None
    if verdict.outcome in {"valid", "revoked", "expired", "not_yet_valid"}:
        record = trust.in_register(document) if trust.in_register else None
        checks += _further(raw, trust, record, is_pdf=is_pdf)
    failed_with = [each.outcome for each in checks if not each.passed]
    return Answer(
        outcome=min(failed_with, key=ORDER.index, default="valid"),
        checks=tuple(checks),
        facts=_facts(document),
        issuer=_issuer(document),
        credential=record,
    )


def _further(
    raw: bytes, trust: Trust, record: Credential | None, *, is_pdf: bool
) -> list[Check]:
    """Is it in the register, and is the paper around the badge the one that was issued?"""
    checks = []
    if trust.in_register:
        found = record is not None
        checks.append(
            Check("register", found, *(() if found else ("not-in-register", "invalid")))
        )
        if record is not None and record.state == CredentialState.SUPERSEDED:
            checks.append(Check("replaced", False, "superseded", "revoked"))  # noqa: FBT003
    if is_pdf and trust.is_ours:
        same = trust.is_ours(raw)
        checks.append(
            Check("file", same, *(() if same else ("file-changed", "invalid")))
        )
    elif is_pdf:
        checks.append(
            Check("file", False, "file-not-sealed", "status_unknown")  # noqa: FBT003
        )
    return checks


def _badge_in(pdf: bytes) -> bytes | None:
    return next(
        (each for each in inside.attachments(pdf) if each.lstrip().startswith(b"{")),
        None,
    )


def _facts(document: Document) -> Shared | None:
    try:
        return facts_in(document)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _issuer(document: Document) -> str:
    issuer = document.get("issuer", "")
    return str(issuer.get("id", "") if isinstance(issuer, dict) else issuer)


def _in_register(document: Document) -> Credential | None:
    facts = _facts(document)
    record = queries.by_number(facts["number"]) if facts else None
    if record is None or document.get("id") != credential_url(record.number):
        return None
    return record


def _document(raw: bytes, what: str) -> Document:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CannotTrust(f"The {what} file is not JSON.") from error
    if not isinstance(content, dict):
        raise CannotTrust(f"The {what} file is not JSON.")
    if what == "status list" and not _is_list(content):
        raise CannotTrust("The status list file is not a status list.")
    return content


def _is_list(content: Document) -> bool:
    subject = content.get("credentialSubject")
    return (
        isinstance(subject, dict)
        and isinstance(content.get("id"), str)
        and isinstance(subject.get("encodedList"), str)
        and subject.get("statusPurpose") == statuslist.REVOCATION
    )
