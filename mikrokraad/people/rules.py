"""Rules about people: pure checks of what they tell about themselves."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from stdnum.ee import ik
from stdnum.exceptions import ValidationError

from mikrokraad.core.errors import Refusal

IDENTIFYING = frozenset({"given_name", "family_name", "birth_date"})
SHOWN_DIGITS = 4


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
