"""Multibase text and Ed25519 keys as Multikey.

Sources: W3C Controlled Identifiers v1.0, sections 2.2.2 (Multikey) and 2.4 (Multibase).
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DIGITS = {letter: value for value, letter in enumerate(ALPHABET)}
BASE64URL = re.compile(r"u[A-Za-z0-9_-]*")
ED25519_PUBLIC = b"\xed\x01"
KEY_BYTES = 32
BASE58_LONGEST = 1024  # decoding takes quadratic time; nothing we read is longer


def base58(raw: bytes) -> str:
    """Bitcoin's base 58, without a multibase prefix."""
    number, letters = int.from_bytes(raw), []
    while number:
        number, digit = divmod(number, 58)
        letters.append(ALPHABET[digit])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(letters))


def from_base58(text: str) -> bytes:
    """Errors: ValueError for a letter that is not in the alphabet, or too many letters."""
    if len(text) > BASE58_LONGEST:
        raise ValueError("The base 58 text is too long.")
    number = 0
    for letter in text:
        if letter not in DIGITS:
            raise ValueError(f"{letter!r} is not a base 58 letter.")
        number = number * 58 + DIGITS[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def base64url(raw: bytes) -> str:
    """Base 64 for URLs, unpadded, without a multibase prefix."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def encode(raw: bytes, *, prefix: str = "z") -> str:
    """Multibase text: `z` is base 58, `u` is unpadded base 64 for URLs."""
    return prefix + {"z": base58, "u": base64url}[prefix](raw)


def decode(text: str) -> bytes:
    """Errors: ValueError for another base, padding, or a letter outside the alphabet."""
    if text.startswith("z"):
        return from_base58(text[1:])
    if not BASE64URL.fullmatch(text):
        raise ValueError(
            "Only multibase z (base 58) and u (base 64 for URLs) are known here."
        )
    return urlsafe_b64decode(text[1:] + "=" * (-(len(text) - 1) % 4))


def multikey(key: Ed25519PublicKey) -> str:
    """The public key as text: `z6Mk…`."""
    return encode(ED25519_PUBLIC + key.public_bytes_raw())


def from_multikey(text: str) -> Ed25519PublicKey:
    """Errors: ValueError unless `text` is an Ed25519 public key."""
    raw = decode(text)
    if (
        not raw.startswith(ED25519_PUBLIC)
        or len(raw) != len(ED25519_PUBLIC) + KEY_BYTES
    ):
        raise ValueError("This is not an Ed25519 public key.")
    return Ed25519PublicKey.from_public_bytes(raw[len(ED25519_PUBLIC) :])
