"""How accounts are looked up and made; asked for by Django's sign-in."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from mikrokraad.core import clock

if TYPE_CHECKING:
    from mikrokraad.people.models import Person


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def create_user(self, email: str, **facts: Any) -> "Person":  # noqa: ANN401 -- Django's own signature
        """A person without a password: one signs in by e-mailed code or passkey."""
        facts.setdefault("created_at", clock.now())
        facts.pop("password", None)
        person = self.model(email=email.strip().lower(), **facts)
        person.set_unusable_password()
        person.save(using=self._db)
        return person
