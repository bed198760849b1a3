"""What changes the institution itself: who it is, its units, and who works there.

Used by the commands of an installation that begins; the register says so.
"""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from mikrokraad.core.errors import Refusal
from mikrokraad.core.events import publish
from mikrokraad.core.texts import Text
from mikrokraad.people import rules
from mikrokraad.people.events import InstitutionFounded
from mikrokraad.people.models import Duty, Institution, Person, Role, Unit
from mikrokraad.people.register import record

THE_ONE = 1
ON_THE_COMMAND_LINE = "command line"
USUAL_QUALITY: Text = {
    "et": "asutuse akrediteerimine ja sisehindamine",
    "en": "institutional accreditation and internal evaluation",
}


class AccountIsClosed(Refusal):
    code = "account-is-closed"


class Told(TypedDict, total=False):
    """What is told about the institution; what is left out stays as it was."""

    name: Text
    registry_code: str
    vat_number: str
    country: str
    place: Text
    address: Text
    iban: str
    email: str
    quality_assurance: Text


@transaction.atomic
def found_institution(
    *, short: str, at: datetime, **told: Unpack[Told]
) -> tuple[Institution, list[str]]:
    """Name the university, or change what is told otherwise. Also: what has changed.

    At first its one unit is the whole university, with the code `short`. Refuses
    with `IbanIsWrong`, `RegistryCodeIsWrong` or `VatNumberIsWrong`.
    """
    known = Institution.objects.select_for_update().filter(pk=THE_ONE).first()
    country = told.get("country") or (known.country if known else "EE")
    sound = rules.sound_institution(told, country=country)
    if known is not None:
        return known, _change(known, sound, at=at)
    made = Institution.objects.create(
        pk=THE_ONE, **{"quality_assurance": USUAL_QUALITY, **sound}
    )
    record("people.institution.founded", made, by=None, at=at, told=ON_THE_COMMAND_LINE)
    open_unit(short, name=made.name, parent=None, at=at)
    publish(InstitutionFounded(at))
    return made, sorted(sound)


def _change(known: Institution, sound: dict[str, Any], *, at: datetime) -> list[str]:
    names = [name for name in sorted(sound) if getattr(known, name) != sound[name]]
    was = {name: getattr(known, name) for name in names}
    for name in names:
        setattr(known, name, sound[name])
    if names:
        known.save(update_fields=names)
        record(
            "people.institution.changed",
            known,
            by=None,
            at=at,
            was=was,
            told=ON_THE_COMMAND_LINE,
        )
    return names


@transaction.atomic
def open_unit(
    code: str, *, name: Text, parent: Unit | None, at: datetime
) -> tuple[Unit, bool]:
    """A faculty, institute or college, and whether it is new. Twice is once."""
    unit, made = Unit.objects.get_or_create(
        code=code, defaults={"name": name, "parent": parent}
    )
    if made:
        record("people.unit.opened", unit, by=None, at=at, told=ON_THE_COMMAND_LINE)
    return unit, made


@transaction.atomic
def appoint(
    person: Person, duty: Duty, *, unit: Unit | None, at: datetime
) -> tuple[Role, bool]:
    """Give a duty, everywhere or in one unit; and whether it is new. Twice is once.

    Refuses with `AccountIsClosed`.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if not locked.is_active:
        raise AccountIsClosed(
            _("This account is closed, so it can have no duty. Use another address.")
        )
    role, made = Role.objects.get_or_create(person=locked, duty=duty, unit=unit)
    if made:
        _record_duty("people.duty.given", role, at=at)
    return role, made


@transaction.atomic
def dismiss(person: Person, duty: Duty, *, unit: Unit | None, at: datetime) -> bool:
    """Take a duty back. False when there was none."""
    role = (
        Role.objects.select_for_update(of=("self",))
        .filter(person=person, duty=duty, unit=unit)
        .first()
    )
    if role is None:
        return False
    _record_duty("people.duty.taken_back", role, at=at)
    role.delete()
    return True


def _record_duty(verb: str, role: Role, *, at: datetime) -> None:
    record(
        verb,
        role.person,
        by=None,
        at=at,
        duty=str(role.duty),
        unit=role.unit.code if role.unit else None,
        told=ON_THE_COMMAND_LINE,
    )


@transaction.atomic
def person_at(
    email: str, *, given_name: str, family_name: str, language: str, at: datetime
) -> Person:
    """Whose address this is, made if new. A name that is known stays."""
    address = email.strip().lower()
    known = Person.objects.filter(email__iexact=address).first()
    if known is not None:
        return known
    made = Person.objects.create_user(
        address,
        given_name=given_name,
        family_name=family_name,
        language=language,
        created_at=at,
    )
    record("people.person.invited", made, by=None, at=at, told=ON_THE_COMMAND_LINE)
    return made
