"""Rules about people: pure checks of what they tell about themselves."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as NotAnAddress
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum import iban as account_numbers
from stdnum.ee import ik, registrikood
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from mikrokraad.core.errors import Refusal

IDENTIFYING = frozenset({"given_name", "family_name", "birth_date"})
SHOWN_DIGITS = 4
UNSEEN = {"Cc", "Cf", "Zl", "Zp"}  # Unicode's categories of what has no shape
JOINERS = "\u200c\u200d"  # that Persian and some other names are written with


class PersonalCodeIsWrong(Refusal):
    code = "personal-code-is-wrong"


class PersonalCodeIsTaken(Refusal):
    code = "personal-code-is-taken"


class PersonalCodeIsSet(Refusal):
    code = "personal-code-is-set"


class BirthDateDiffers(Refusal):
    code = "birth-date-differs"


class NameIsMissing(Refusal):
    code = "name-is-missing"


class BornInTheFuture(Refusal):
    code = "born-in-the-future"


class IbanIsWrong(Refusal):
    code = "iban-is-wrong"


class AddressIsWrong(Refusal):
    code = "address-is-wrong"


class RegistryCodeIsWrong(Refusal):
    code = "registry-code-is-wrong"


class VatNumberIsWrong(Refusal):
    code = "vat-number-is-wrong"


def tidy_name(typed: str) -> str:
    """A name as it is seen: one line, and no marks that hide or turn letters around."""
    seen = [
        " " if unicodedata.category(sign) in UNSEEN and sign.isspace() else sign
        for sign in typed
        if unicodedata.category(sign) not in UNSEEN or sign.isspace() or sign in JOINERS
    ]
    return " ".join("".join(seen).split()).strip(JOINERS)


def personal_code(typed: str) -> str:
    """The code as it is kept. Refuses with `PersonalCodeIsWrong`.

    Source: EVS 585:2007, two-level check digit; read by python-stdnum.
    """
    try:
        return str(ik.validate(typed))
    except ValidationError:
        raise PersonalCodeIsWrong(
            _(
                "This is not an Estonian personal code. "
                "Check its eleven digits on your identity document."
            )
        ) from None


def birth_date_in(code: str) -> date:
    """The birth date that a valid personal code carries."""
    born: date = ik.get_birth_date(code)
    return born


def masked(code: str) -> str:
    """How a code is shown to its owner: its last four digits only."""
    return f"{'•' * (len(code) - SHOWN_DIGITS)}{code[-SHOWN_DIGITS:]}"


def require_same_birth_date(code: str, known: date | None) -> None:
    """Refuse a code that belongs to somebody born on another day."""
    if known is not None and birth_date_in(code) != known:
        raise BirthDateDiffers(
            _(
                "The personal code and the birth date do not fit together. "
                "Correct the one that is wrong."
            )
        )


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Names of the details that `after` says otherwise, in alphabetical order."""
    return sorted(name for name in after if before[name] != after[name])


def require_sound(
    before: Mapping[str, object], after: Mapping[str, object], *, today: date
) -> None:
    """Refuse to take a name away, or to be born after today."""
    for name in ("given_name", "family_name"):
        if before[name] and not after.get(name, before[name]):
            raise NameIsMissing(
                _("A name cannot be taken away. Write the one that is right.")
            )
    born = after.get("birth_date")
    if isinstance(born, date) and born > today:
        raise BornInTheFuture(_("This date of birth has not come yet. Check the year."))


def identity_is_open_again(names: list[str]) -> bool:
    """Whether an officer must look at a document once more after these changes."""
    return bool(IDENTIFYING & set(names))


def email(typed: str) -> str:
    """An e-mail address. Refuses with `AddressIsWrong`."""
    try:
        validate_email(typed.strip())
    except NotAnAddress:
        raise AddressIsWrong(
            _("This is not an e-mail address. Write it in full, as name@example.org.")
        ) from None
    return typed.strip()


def iban(typed: str) -> str:
    """The account number as it is kept: no spaces. Refuses with `IbanIsWrong`.

    Source: ISO 13616, check digits and the shape of each country; python-stdnum.
    """
    try:
        return str(account_numbers.validate(typed))
    except ValidationError:
        raise IbanIsWrong(
            _("This is not an account number (IBAN). Copy it from the bank's contract.")
        ) from None


def registry_code(typed: str, *, country: str) -> str:
    """The code in the commercial register; only an Estonian one can be checked."""
    try:
        return str(registrikood.validate(typed)) if country == "EE" else typed.strip()
    except ValidationError:
        raise RegistryCodeIsWrong(
            _(
                "This is not an Estonian registry code. "
                "Check its eight digits in the business register."
            )
        ) from None


def vat_number(typed: str) -> str:
    """A VAT number of the European Union, or nothing."""
    try:
        return str(vat.validate(typed)) if typed.strip() else ""
    except ValidationError:
        raise VatNumberIsWrong(
            _("This is not a VAT number. Write it with its country, as EE100931558.")
        ) from None


def sound_institution(told: Mapping[str, Any], *, country: str) -> dict[str, Any]:
    """What is told about the institution in `country`, with its numbers checked."""
    checks: dict[str, Callable[[str], str]] = {
        "email": email,
        "iban": iban,
        "registry_code": lambda typed: registry_code(typed, country=country),
        "vat_number": vat_number,
    }
    return {
        name: checks[name](value) if name in checks else value
        for name, value in told.items()
    }
