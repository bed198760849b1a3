"""How allauth writes to people, names them and tells them what went wrong."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrokraad.core import clock
from mikrokraad.people import actions, personal_codes
from mikrokraad.people.models import Institution, Person

TOO_OFTEN = gettext_lazy("Too many tries. Wait five minutes, then try again.")
NOT_RIGHT = gettext_lazy(
    "This is not right. Use the newest code, or try your passkey once more."
)


def shown_name(person: Person) -> str:
    return person.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_code": NOT_RIGHT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Accounts are made by `people.actions.welcome`, at the first sign-in."""
        return False

    def new_user(self, request: HttpRequest) -> Person:  # noqa: ARG002
        return Person(created_at=clock.now())

    def get_from_email(self) -> str:
        return str(settings.DEFAULT_FROM_EMAIL)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The front page, in the language of the page that was left."""
        return reverse("pages:home")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """allauth tells that a second factor has changed: "mfa/email/totp_activated"."""
        change = template_prefix.rpartition("/")[2]
        actions.tell_of_second_factor(user, change, at=clock.now())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are kept encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": NOT_RIGHT,
    }

    def encrypt(self, text: str) -> str:
        return personal_codes.sealed(text, purpose="second factors").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return personal_codes.opened(
            bytes.fromhex(encrypted_text), purpose="second factors"
        )

    def build_totp_svg(self, url: str) -> str:
        """Black on white, so that phones read it on a dark page too."""
        picture = BytesIO()
        segno.make(url).save(picture, kind="svg", scale=4, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def generate_authenticator_name(
        self,
        user: Person,
        type: Authenticator.Type,  # noqa: A002 -- allauth's signature
    ) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey {number}").format(number=count + 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that passkeys belong to. Outside, it is shown with this name."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        found = Institution.objects.first()
        name = found.name.get("en", "") if found else ""
        return {**entity, "name": f"Mikrokraad, {name}" if name else "Mikrokraad"}
