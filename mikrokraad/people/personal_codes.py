"""Personal codes at rest: encrypted to be read, and hashed with a key to be found.

Secrets of second factors are encrypted the same way. All keys are derived from SECRET_KEY, each for its one purpose (HKDF-SHA-256, RFC 5869).
"""

import hmac
import os
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12


def sealed(secret: str, *, purpose: str = "sealing") -> bytes:
    """`secret` encrypted: a random nonce, then AES-256-GCM (NIST SP 800-38D)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(purpose)).encrypt(nonce, secret.encode(), None)


def opened(kept: bytes, *, purpose: str = "sealing") -> str:
    """What `sealed` encrypted. Errors: InvalidTag when SECRET_KEY has changed."""
    nonce, secret = kept[:NONCE_BYTES], kept[NONCE_BYTES:]
    return AESGCM(_key(purpose)).decrypt(nonce, secret, None).decode()


def keyed_hash(code: str) -> str:
    """The same for the same code, and of no use without the key: HMAC-SHA-256, hex."""
    return hmac.new(_key("finding"), code.encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: str) -> bytes:
    info = f"mikrokraad personal codes, {purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())
