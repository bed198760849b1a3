"""Rules about people: pure checks of what they tell about themselves."""

from datetime import date

from django.utils.translation import gettext as _
from stdnum.ee import ik
from stdnum.exceptions import ValidationError

from mikrokraad.core.errors import Refusal


class PersonalCodeIsWrong(Refusal):
    code = "personal-code-is-wrong"


class PersonalCodeIsTaken(Refusal):
    code = "personal-code-is-taken"


class BirthDateDiffers(Refusal):
    code = "birth-date-differs"


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


def require_same_birth_date(code: str, known: date | None) -> None:
    """Refuse a code that belongs to somebody born on another day."""
    if known is not None and birth_date_in(code) != known:
        raise BirthDateDiffers(
            _(
                "The personal code and the birth date do not fit together. "
                "Correct the one that is wrong."
            )
        )
