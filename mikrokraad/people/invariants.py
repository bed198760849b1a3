"""What must never be false about people, checked over the whole database."""

from collections.abc import Iterator
from datetime import datetime

from cryptography.exceptions import InvalidTag
from django.db.models import Q

from mikrokraad.people import personal_codes, rules
from mikrokraad.people.models import NationalId, Person, Role
from mikrokraad.people.register import broken_seals

CHECKED = {
    "H1": "no line of the register was changed or taken out after it was sealed",
    "H2": "a personal code is sound, can be found, and fits its person's birth date",
    "H3": "whoever has a duty may sign in",
    "H4": "whose identity is confirmed has both names",
}


def broken(*, at: datetime) -> Iterator[tuple[str, str]]:  # noqa: ARG001 -- every room's shape
    for line in broken_seals():
        yield "H1", f"register line {line} does not fit its seal"
    yield from _odd_codes()
    closed = Role.objects.filter(person__is_active=False)
    for duty, person in closed.values_list("duty", "person"):
        yield "H3", f"person {person} is closed and still {duty}"
    unnamed = Person.objects.filter(
        Q(given_name="") | Q(family_name=""), identity_confirmed_at__isnull=False
    )
    for pk in unnamed.values_list("pk", flat=True):
        yield "H4", f"person {pk} is confirmed without a name"


def _odd_codes() -> Iterator[tuple[str, str]]:
    for kept in NationalId.objects.select_related("person"):
        problem = _problem(kept)
        if problem:
            yield "H2", f"the personal code of person {kept.person_id} {problem}"


def _problem(kept: NationalId) -> str:
    try:
        code = rules.personal_code(personal_codes.opened(bytes(kept.sealed)))
    except InvalidTag:
        return "cannot be opened with this SECRET_KEY"
    except rules.PersonalCodeIsWrong:
        return "is not one"
    if personal_codes.keyed_hash(code) != kept.keyed_hash:
        return "cannot be found by its hash"
    if rules.birth_date_in(code) != kept.person.birth_date:
        return "says another birth date"
    return ""
