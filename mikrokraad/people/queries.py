"""Reads of people, for those who may know."""

from mikrokraad.people import personal_codes
from mikrokraad.people.models import NationalId, Person


def personal_code_of(person: Person) -> str | None:
    """The personal code itself: for a certificate or the person, never for a list."""
    kept = NationalId.objects.filter(person=person).first()
    return personal_codes.opened(bytes(kept.sealed)) if kept else None
