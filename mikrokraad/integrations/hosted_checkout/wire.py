"""The wire format: orders and notices as JSON Web Tokens under a shared secret (HS256).

Source: Montonio's public developer documentation (Stargate API, orders and webhooks).
"""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

ALGORITHM = "HS256"
LIFETIME_SECONDS = 600


def signed(claims: dict[str, Any], secret: str, *, at: int) -> str:
    """`claims` as a token; `at` is the time of signing, in seconds."""
    dated = {**claims, "iat": at, "exp": at + LIFETIME_SECONDS}
    return jwt.encode({"alg": ALGORITHM}, dated, _key(secret))


def read(token: str, secret: str) -> dict[str, Any]:
    """The claims of a token. Errors: ValueError when it was not signed with `secret`.

    How old a notice is does not matter: it may come late, and is taken once.
    """
    try:
        decoded = jwt.decode(token, _key(secret), algorithms=[ALGORITHM])
    except (JoseError, ValueError) as error:
        raise ValueError("The token is not signed with the secret.") from error
    return dict(decoded.claims)


def _key(secret: str) -> OctKey:
    return OctKey.import_key(secret)
