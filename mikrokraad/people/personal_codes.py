"""Personal codes at rest: encrypted to be read, and hashed with a key to be found.

Both keys are derived from SECRET_KEY, each for its one purpose (HKDF-SHA-256, RFC 5869).
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


def sealed(code: str) -> bytes:
    """`code` encrypted: a random nonce, then AES-256-GCM (NIST SP 800-38D)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key("sealing")).encrypt(nonce, code.encode(), None)


def opened(kept: bytes) -> str:
    """What `sealed` encrypted. Errors: InvalidTag when SECRET_KEY has changed."""
    nonce, secret = kept[:NONCE_BYTES], kept[NONCE_BYTES:]
    return AESGCM(_key("sealing")).decrypt(nonce, secret, None).decode()


def keyed_hash(code: str) -> str:
    """The same for the same code, and of no use without the key: HMAC-SHA-256, hex."""
    return hmac.new(_key("finding"), code.encode(), sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return _derived(settings.SECRET_KEY, purpose)


@lru_cache(maxsize=8)
def _derived(secret: str, purpose: str) -> bytes:
    info = f"mikrokraad personal codes, {purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())
