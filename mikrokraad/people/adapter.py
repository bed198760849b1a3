"""How allauth writes to people and names them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from mikrokraad.core import clock
from mikrokraad.people.models import Person


def shown_name(person: Person) -> str:
    return person.name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
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

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        super().send_mail(
            template_prefix, email, {**context, "public_url": settings.PUBLIC_URL}
        )
