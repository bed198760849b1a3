"""Reads of people, for those who may know."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.functional import Promise

from mikrokraad.people import consents, personal_codes, rules
from mikrokraad.people.models import (
    Consent,
    Institution,
    NationalId,
    Person,
    Role,
    Unit,
)


def active_person(email: str) -> Person | None:
    """Who signs in with this address."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def personal_code_of(person: Person) -> str | None:
    """The personal code itself: for a certificate or the person, never for a list.

    Reads nothing more when `person` came with `select_related("national_id")`.
    """
    kept: NationalId | None = getattr(person, "national_id", None)
    return personal_codes.opened(bytes(kept.sealed)) if kept else None


def masked_code_of(person: Person) -> str:
    """How the code is shown to its owner; nothing if there is none."""
    code = personal_code_of(person)
    return rules.masked(code) if code else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One consent as its person sees it. `given_at` is None while it is not given."""

    key: str
    title: Promise
    text: Promise
    given_at: datetime | None


def consents_of(person: Person) -> list[Asked]:
    live = {
        (consent.purpose, consent.text_version): consent.given_at
        for consent in Consent.objects.filter(person=person, withdrawn_at=None)
    }
    return [
        Asked(each.key, each.title, each.text, live.get((each.key, each.version)))
        for each in consents.PURPOSES.values()
    ]


def has_consented(person: Person, purpose: str) -> bool:
    """Whether `person` agrees today, to the words of today."""
    return any(asked.key == purpose and asked.given_at for asked in consents_of(person))


def who_consented(purpose: str) -> QuerySet[Person]:
    """Everybody who agrees today, to the words of today."""
    live = Consent.objects.filter(
        purpose=purpose,
        text_version=consents.PURPOSES[purpose].version,
        withdrawn_at=None,
    )
    return Person.objects.filter(pk__in=live.values("person"))


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What a person can sign in with, beside the e-mailed code."""

    has_app: bool
    passkeys: int

    @property
    def any(self) -> bool:
        return self.has_app or self.passkeys > 0


def second_factors_of(person: Person) -> SecondFactors:
    kinds = list(
        Authenticator.objects.filter(user=person).values_list("type", flat=True)
    )
    return SecondFactors(
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
    )


def institution() -> Institution | None:
    """The university of this installation; None before it was founded."""
    return Institution.objects.first()


def unit_at(code: str) -> Unit | None:
    return Unit.objects.filter(code__iexact=code.strip()).first()


def units() -> list[Unit]:
    """Faculties, institutes and colleges: a few dozen at most."""
    return list(Unit.objects.order_by("code"))


def unit_codes() -> list[str]:
    return list(Unit.objects.order_by("code").values_list("code", flat=True))


def staff_by_duty() -> dict[str, list[str]]:
    """Addresses of those who have each duty, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    roles = Role.objects.order_by("duty", "person__email")
    for duty, address in roles.values_list("duty", "person__email").distinct():
        found.setdefault(duty, []).append(address)
    return found
