"""The JSON-LD contexts that are known here, pinned by hash. Nothing is ever fetched.

The files are those that the package `openbadgeslib` ships. A context decides what a
signature covers, so one changed byte stops everything with `ContextChanged`.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
Contexts: TypeAlias = Mapping[str, Any]

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MULTIKEY = "https://w3id.org/security/multikey/v1"

PINS = {
    CREDENTIALS: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    # The publisher's file with other line ends and indents: the same JSON, another hash.
    OPEN_BADGES_EXTENSIONS: (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    DATA_INTEGRITY: (
        "security-data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    MULTIKEY: (
        "security-multikey-v1.json",
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    ),
}


class ContextChanged(RuntimeError):
    """A shipped context is not the one that was pinned."""


@cache
def shipped() -> Contexts:
    """URL -> the whole context file, as JSON.

    Errors: ContextChanged when a file is not byte for byte the pinned one.
    """
    folder = _folder()
    return {url: pinned(folder / name, pin) for url, (name, pin) in PINS.items()}


def pinned(file: Path, pin: str) -> Document:
    """The JSON of `file`, if its SHA-256 (in hex) is `pin`."""
    raw = file.read_bytes()
    if sha256(raw).hexdigest() != pin:
        raise ContextChanged(f"{file.name} has changed since it was pinned.")
    content: Document = json.loads(raw)
    return content


def _folder() -> Path:
    package = find_spec("openbadgeslib")
    if package is None or not package.submodule_search_locations:
        raise ContextChanged(
            "The package openbadgeslib, which ships the contexts, is missing."
        )
    return Path(package.submodule_search_locations[0]) / "ob3" / "contexts"
