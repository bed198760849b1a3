"""Everything that changes what is known about a person."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mikrokraad.core.calendar import day_of
from mikrokraad.people import consents, personal_codes, rules
from mikrokraad.people.letters import write_letter
from mikrokraad.people.models import Consent, NationalId, Person
from mikrokraad.people.register import record


class Details(TypedDict, total=False):
    """What people say about themselves; what is left out stays as it was."""

    given_name: str
    family_name: str
    birth_date: date | None
    language: str
    phone: str


DETAILS = tuple(Details.__annotations__)
NAMES = ("given_name", "family_name")


def welcome(email: str, *, language: str, at: datetime) -> Person:
    """Whose address this is: a new person at the first successful code.

    Of two at the same moment, one makes the person and both get it.
    """
    address = email.strip().lower()
    known = Person.objects.filter(email__iexact=address).first()
    if known:
        return known
    try:
        with transaction.atomic():
            made = Person.objects.create_user(address, language=language, created_at=at)
            record("people.person.welcomed", made, by=made, at=at)
    except IntegrityError:
        return Person.objects.get(email__iexact=address)
    return made


@transaction.atomic
def change_details(
    person: Person, *, by: Person, at: datetime, **details: Unpack[Details]
) -> Person:
    """Keep new details. `person` itself is brought up to date too.

    Another name or birth date than an officer has confirmed must be confirmed again,
    before the next certificate. Refuses with `NameIsMissing`, `BornInTheFuture` or
    `BirthDateDiffers`.
    """
    after: dict[str, Any] = dict(details)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    before = {name: getattr(locked, name) for name in DETAILS}
    rules.require_sound(before, after, today=day_of(at))
    names = rules.changed(before, after)
    if "birth_date" in names:
        _require_birth_date_of_code(locked, after["birth_date"])
    for name in names:
        setattr(locked, name, after[name])
    locked.save(update_fields=names)
    if names:
        earlier = {f"{name}_was": before[name] for name in names if name in NAMES}
        record("people.details.changed", locked, by=by, at=at, what=names, **earlier)
    if rules.identity_is_open_again(names):
        _open_identity(locked, by=by, at=at)
    person.refresh_from_db()
    return person


@transaction.atomic
def set_personal_code(
    person: Person, code: str, *, by: Person, at: datetime
) -> NationalId:
    """Keep a personal code, and the birth date that it carries. Once; twice is once.

    Refuses with `PersonalCodeIsWrong`, `PersonalCodeIsSet`, `BirthDateDiffers` or
    `PersonalCodeIsTaken`. The register says that it was set, never what it is. An
    identity confirmed before must be confirmed again: the document shows the code.
    """
    valid = rules.personal_code(code)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    kept = NationalId.objects.filter(person=locked).first()
    if kept:
        return _the_same(kept, valid)
    rules.require_same_birth_date(valid, locked.birth_date)
    _require_nobody_elses(valid)
    made = NationalId.objects.create(
        person=locked,
        country="EE",
        sealed=personal_codes.sealed(valid),
        keyed_hash=personal_codes.keyed_hash(valid),
    )
    locked.birth_date = rules.birth_date_in(valid)
    locked.save(update_fields=["birth_date"])
    record("people.personal_code.set", locked, by=by, at=at)
    _open_identity(locked, by=by, at=at)
    person.refresh_from_db()
    return made


@transaction.atomic
def give_consent(person: Person, purpose: str, *, at: datetime) -> Consent:
    """Keep that `person` agreed to the words of today. Twice is once."""
    asked = consents.PURPOSES[purpose]
    locked = Person.objects.select_for_update().get(pk=person.pk)
    live = locked.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if live and live.text_version == asked.version:
        return live
    if live:
        _withdraw(live, by=locked, at=at)
    made = Consent.objects.create(
        person=locked, purpose=purpose, text_version=asked.version, given_at=at
    )
    record("people.consent.given", made, by=locked, at=at, version=asked.version)
    return made


@transaction.atomic
def withdraw_consent(person: Person, purpose: str, *, at: datetime) -> None:
    """Keep that `person` took it back. That it was given stays known."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    live = locked.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if live:
        _withdraw(live, by=locked, at=at)


@transaction.atomic
def tell_of_second_factor(person: Person, change: str, *, at: datetime) -> None:
    """Keep that a second factor came or went, and write to its owner, who may not know.

    `change` is allauth's word: totp_activated, totp_deactivated, webauthn_added,
    webauthn_removed or recovery_codes_generated.
    """
    record(f"people.second_factor.{change}", person, by=person, at=at)
    write_letter(
        "people/letters/second_factor.md",
        person,
        about=person,
        key=f"second-factor:{uuid4()}",
        at=at,
        change=change,
    )


def _withdraw(consent: Consent, *, by: Person, at: datetime) -> None:
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record("people.consent.withdrawn", consent, by=by, at=at)


def _open_identity(person: Person, *, by: Person, at: datetime) -> None:
    """An officer must compare the person with a document again."""
    if person.identity_confirmed_at is None:
        return
    person.identity_confirmed_at = None
    person.save(update_fields=["identity_confirmed_at"])
    record("people.identity.opened_again", person, by=by, at=at)


def _the_same(kept: NationalId, code: str) -> NationalId:
    if kept.keyed_hash == personal_codes.keyed_hash(code):
        return kept
    raise rules.PersonalCodeIsSet(
        _(
            "Your account has a personal code already. "
            "If it is wrong, write to the university."
        )
    )


def _require_birth_date_of_code(person: Person, born: date | None) -> None:
    kept = NationalId.objects.filter(person=person).first()
    if kept is None:
        return
    code = personal_codes.opened(bytes(kept.sealed))
    if born != rules.birth_date_in(code):
        rules.require_same_birth_date(code, born or date.min)


def _require_nobody_elses(code: str) -> None:
    taken = NationalId.objects.filter(
        country="EE", keyed_hash=personal_codes.keyed_hash(code)
    )
    if taken.exists():
        raise rules.PersonalCodeIsTaken(
            _(
                "Another account has this personal code. "
                "Write to the university, so that the two can be joined."
            )
        )
