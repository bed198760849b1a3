"""Is this a verifiable credential at all? The rules of W3C VC Data Model 2.0 on its structure.

Source: W3C Verifiable Credentials Data Model v2.0, section 4; checked with the inputs of
the W3C vc-data-model-2.0 test suite. Presentations are not read here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mikrokraad.credentials.crypto.contexts import CREDENTIALS, Document
from mikrokraad.credentials.crypto.instants import moment
from mikrokraad.credentials.crypto.rdfc import ABSOLUTE_IRI

TYPE = "VerifiableCredential"
VALUE_PARTS = {"@value", "@language", "@direction"}
# Property -> what each of its values must have beside being an object.
TYPED = {
    "credentialStatus": ("type",),
    "credentialSchema": ("type", "id"),
    "refreshService": ("type",),
    "termsOfUse": ("type",),
    "evidence": ("type",),
    "proof": ("type",),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that is broken: where, and which."""

    path: str
    rule: str


def problems(credential: Document) -> list[Problem]:
    """Every broken rule. A sound structure says nothing about terms: `rdfc.lint` does."""
    return [
        *_context_problems(credential),
        *_type_problems(credential),
        *_id_problems(credential, "id"),
        *_text_problems(credential, ""),
        *_issuer_problems(credential),
        *_subject_problems(credential),
        *_validity_problems(credential),
        *_typed_problems(credential),
        *_related_problems(credential),
    ]


def _context_problems(credential: Document) -> Iterator[Problem]:
    contexts = credential.get("@context")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CREDENTIALS:
        yield Problem("@context", f"must be a list that begins with {CREDENTIALS}")
        return
    for context in contexts:
        if not isinstance(context, dict) and not _is_url(context):
            yield Problem("@context", "must hold only addresses and objects")


def _type_problems(credential: Document) -> Iterator[Problem]:
    types = _listed(credential.get("type"))
    if TYPE not in types:
        yield Problem("type", f"must name {TYPE}")
    if not all(isinstance(each, str) for each in types):
        yield Problem("type", "must hold only text")


def _id_problems(node: Document, path: str) -> Iterator[Problem]:
    if "id" in node and not _is_url(node["id"]):
        yield Problem(path, "must be one absolute address")


def _text_problems(node: Document, path: str) -> Iterator[Problem]:
    for name in ("name", "description"):
        if name in node and not all(_is_text(each) for each in _listed(node[name])):
            yield Problem(path + name, "must be text, or values with a language")


def _issuer_problems(credential: Document) -> Iterator[Problem]:
    issuer = credential.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not _is_url(identifier):
        yield Problem("issuer", "must be an address, or an object with one as its id")
    if isinstance(issuer, dict):
        yield from _text_problems(issuer, "issuer.")


def _subject_problems(credential: Document) -> Iterator[Problem]:
    subjects = _listed(credential.get("credentialSubject"))
    if not subjects:
        yield Problem("credentialSubject", "must be there")
    for subject in subjects:
        if not isinstance(subject, dict) or not subject:
            yield Problem("credentialSubject", "must say something")
        else:
            yield from _id_problems(subject, "credentialSubject.id")


def _validity_problems(credential: Document) -> Iterator[Problem]:
    bounds: dict[str, datetime | None] = {}
    for name in ("validFrom", "validUntil"):
        if name in credential:
            bounds[name] = moment(credential[name])
            if bounds[name] is None:
                yield Problem(name, "must be a date and time with a zone")
    start, end = bounds.get("validFrom"), bounds.get("validUntil")
    if start and end and end < start:
        yield Problem("validUntil", "must not be before validFrom")


def _typed_problems(credential: Document) -> Iterator[Problem]:
    for name, required in TYPED.items():
        for value in _listed(credential.get(name)):
            if not isinstance(value, dict):
                yield Problem(name, "must be an object")
                continue
            yield from _id_problems(value, f"{name}.id")
            for part in required:
                if part not in value:
                    yield Problem(f"{name}.{part}", "must be there")
            if "type" in value and not _are_types(value["type"]):
                yield Problem(f"{name}.type", "must be text")


def _related_problems(credential: Document) -> Iterator[Problem]:
    seen = set()
    for related in _listed(credential.get("relatedResource")):
        if not isinstance(related, dict) or not _is_url(related.get("id")):
            yield Problem("relatedResource.id", "must be an address")
        elif related["id"] in seen:
            yield Problem("relatedResource.id", "must be named once")
        elif not {"digestSRI", "digestMultibase"} & related.keys():
            yield Problem("relatedResource", "must have a digest")
        else:
            seen.add(related["id"])


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _is_url(value: object) -> bool:
    return isinstance(value, str) and bool(ABSOLUTE_IRI.fullmatch(value))


def _are_types(value: object) -> bool:
    types = _listed(value)
    return bool(types) and all(isinstance(each, str) for each in types)


def _is_text(value: object) -> bool:
    if isinstance(value, dict):
        return isinstance(value.get("@value"), str) and value.keys() <= VALUE_PARTS
    return isinstance(value, str)
