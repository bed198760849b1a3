"""Everything that changes what is known about a person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.people import personal_codes, rules
from mikrokraad.people.models import NationalId, Person
from mikrokraad.people.register import record


@transaction.atomic
def set_personal_code(
    person: Person, code: str, *, by: Person, at: datetime
) -> NationalId:
    """Keep a personal code, and the birth date that it carries.

    Refuses with `PersonalCodeIsWrong`, `BirthDateDiffers` or `PersonalCodeIsTaken`.
    The register says that it was set, never what it is.
    """
    valid = rules.personal_code(code)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    rules.require_same_birth_date(valid, locked.birth_date)
    _require_nobody_elses(valid, locked)
    made, _created = NationalId.objects.update_or_create(
        person=locked,
        defaults={
            "country": "EE",
            "sealed": personal_codes.sealed(valid),
            "keyed_hash": personal_codes.keyed_hash(valid),
        },
    )
    locked.birth_date = rules.birth_date_in(valid)
    locked.save(update_fields=["birth_date"])
    record("people.personal_code.set", locked, by=by, at=at)
    return made


def _require_nobody_elses(code: str, person: Person) -> None:
    taken = NationalId.objects.filter(
        country="EE", keyed_hash=personal_codes.keyed_hash(code)
    ).exclude(person=person)
    if taken.exists():
        raise rules.PersonalCodeIsTaken(
            _(
                "Another account has this personal code. "
                "Write to the university, so that the two can be joined."
            )
        )
