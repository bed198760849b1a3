"""Issuer keys: made here, and kept encrypted wherever they are stored."""

from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"mk1"
SALT_BYTES = 16
NONCE_BYTES = 12
SHORTEST_SECRET = 32


class CannotOpen(ValueError):
    """The secret is another one, or the sealed bytes were changed."""


def generate() -> Ed25519PrivateKey:
    """A new signing key."""
    return Ed25519PrivateKey.generate()


def sealed(private: bytes, secret: str) -> bytes:
    """`private` encrypted under `secret` (AES-256-GCM; the key by HKDF-SHA-256, RFC 5869).

    Units: `secret` is a random text of at least 32 characters; a shorter one is a ValueError.
    """
    salt, nonce = urandom(SALT_BYTES), urandom(NONCE_BYTES)
    return (
        VERSION
        + salt
        + nonce
        + AESGCM(_key(secret, salt)).encrypt(nonce, private, VERSION)
    )


def opened(sealed_bytes: bytes, secret: str) -> bytes:
    """The bytes that `sealed` hid. Errors: CannotOpen."""
    version, rest = sealed_bytes[: len(VERSION)], sealed_bytes[len(VERSION) :]
    salt, nonce, hidden = (
        rest[:SALT_BYTES],
        rest[SALT_BYTES:][:NONCE_BYTES],
        rest[SALT_BYTES + NONCE_BYTES :],
    )
    if version != VERSION or not hidden:
        raise CannotOpen("These bytes were not sealed here.")
    try:
        return AESGCM(_key(secret, salt)).decrypt(nonce, hidden, VERSION)
    except InvalidTag as error:
        raise CannotOpen("The key cannot be opened with this secret.") from error


def _key(secret: str, salt: bytes) -> bytes:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError("The secret must have at least 32 characters.")
    return HKDF(SHA256(), length=32, salt=salt, info=b"mikrokraad issuer key").derive(
        secret.encode()
    )
