"""Sign somebody in for a test of pages."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client

from mikrokraad.core import clock
from mikrokraad.people.models import Person


def sign_in(client: Client, person: Person, *, strong: bool = False) -> None:
    """Open a session for `person`; a `strong` one has a second factor, as desks ask."""
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    method = "mfa" if strong else "code"
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": method, "at": clock.now().timestamp()}
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(person)
    session.save()
