"""How often somebody may do what costs others work, such as sending a form."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def too_often(request: HttpRequest, what: str, *, rates: str, key: str) -> bool:
    """Count this try; whether there have been too many.

    `rates` as allauth writes them: “10/h/ip,5/h/key” counts by the address of the
    machine and by `key`. Units: tries per hour, say.
    """
    usage = ratelimit.consume(
        request,
        app="mikrokraad",
        action=what,
        config={what: rates},
        key=key,
        limit_get=True,  # whoever calls this has decided to count
    )
    return usage is None
