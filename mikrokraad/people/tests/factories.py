"""People of the stories that tests tell."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from mikrokraad.people.models import Duty, Institution, Organisation, Person, Role, Unit

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_numbers = count(1)


def person(
    given_name: str = "Liis",
    family_name: str = "Maasikas",
    **facts: Any,  # noqa: ANN401 -- whatever a person has
) -> Person:
    """Somebody with a name and an address of their own."""
    defaults: dict[str, Any] = {
        "email": f"{given_name}.{next(_numbers)}@example.org".lower(),
        "given_name": given_name,
        "family_name": family_name,
        "created_at": LONG_AGO,
        "language": "en",
    }
    return Person.objects.create_user(**{**defaults, **facts})


def staff(duty: Duty, *, unit: Unit | None = None, given_name: str = "Mari") -> Person:
    """Somebody with a duty, everywhere or in one unit."""
    member = person(given_name, "Tamm")
    Role.objects.create(person=member, duty=duty, unit=unit)
    return member


def institution() -> Institution:
    return Institution.objects.get_or_create(
        pk=1,
        defaults={
            "name": {"et": "Näidisülikool", "en": "Demonstration University"},
            "registry_code": "70000001",
            "vat_number": "EE100000001",
            "place": {"et": "Tartu", "en": "Tartu"},
            "address": {"et": "Näidise 1, Tartu", "en": "Näidise 1, Tartu"},
            "iban": "EE471000001020145685",
            "email": "mikrokraad@example.org",
            "quality_assurance": {"et": "asutuse hindamine", "en": "institutional"},
        },
    )[0]


def unit(code: str = "LTAT") -> Unit:
    return Unit.objects.get_or_create(
        code=code,
        defaults={
            "name": {
                "et": "Arvutiteaduse instituut",
                "en": "Institute of Computer Science",
            }
        },
    )[0]


def organisation(name: str = "Näidis OÜ") -> Organisation:
    return Organisation.objects.create(
        name=name, registry_code=f"1{next(_numbers):07}", email="arved@example.org"
    )
