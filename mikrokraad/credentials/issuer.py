"""Who signs: the institution as did:web, fixed by PUBLIC_URL."""

from hashlib import sha256

from django.conf import settings

from mikrokraad.credentials.crypto import did


def issuer_did() -> str:
    return did.did_web(settings.PUBLIC_URL)


def list_url(number: int) -> str:
    """The address of a status list, as credentials name it."""
    return f"{settings.PUBLIC_URL}/status/{number}"


def credential_url(number: str) -> str:
    """The id of a credential: its status page."""
    return f"{settings.PUBLIC_URL}/c/{number}/"


def share_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/s/{token}/"


def key_secret() -> str:
    """What issuer keys are sealed under: derived from SECRET_KEY, and only for this."""
    return sha256(b"issuer keys\n" + settings.SECRET_KEY.encode()).hexdigest()
