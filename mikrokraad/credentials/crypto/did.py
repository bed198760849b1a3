"""The issuer's identifier and key list: did:web.

Source: did:web Method Specification (W3C Credentials Community Group).
"""

from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mikrokraad.credentials.crypto import multibase
from mikrokraad.credentials.crypto.contexts import MULTIKEY, Document

DID = "https://www.w3.org/ns/did/v1"


def did_web(public_url: str) -> str:
    """The issuer's identifier: https://a.ee:8443/b/ is did:web:a.ee%3A8443:b.

    Errors: ValueError for an address without a host.
    """
    parts = urlsplit(public_url)
    if not parts.hostname:
        raise ValueError("The public address has no host.")
    port = f"%3A{parts.port}" if parts.port else ""
    path = [quote(unquote(each), safe="") for each in parts.path.split("/") if each]
    return ":".join(["did:web", parts.hostname + port, *path])


def verification_method(did: str, key: Ed25519PublicKey) -> str:
    """The name of a key; its fragment is the key itself, so that it needs no look-up."""
    return f"{did}#{multibase.multikey(key)}"


def did_document(did: str, public_keys: Iterable[Ed25519PublicKey]) -> Document:
    """did.json with all keys, current and retired: a retired key still proves what it signed.

    Only a key that was stolen is left out. `assertionMethod` is a list of plain strings,
    because the certification software of 1EdTech accepts nothing else.
    """
    texts = [multibase.multikey(key) for key in public_keys]
    return {
        "@context": [DID, MULTIKEY],
        "id": did,
        "verificationMethod": [
            {
                "id": f"{did}#{text}",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": text,
            }
            for text in texts
        ],
        "assertionMethod": [f"{did}#{text}" for text in texts],
    }


def keys_in(document: Document) -> dict[str, Ed25519PublicKey]:
    """Verification method -> key, of every Ed25519 key that a did.json lists for assertions."""
    listed = document.get("assertionMethod")
    allowed = set(
        filter(
            lambda each: isinstance(each, str),
            listed if isinstance(listed, list) else [],
        )
    )
    found: dict[str, Ed25519PublicKey] = {}
    for each in document.get("verificationMethod", []):
        if each.get("id") in allowed and each.get("controller") == document.get("id"):
            try:
                found[each["id"]] = multibase.from_multikey(each["publicKeyMultibase"])
            except (KeyError, ValueError):
                continue
    return found
