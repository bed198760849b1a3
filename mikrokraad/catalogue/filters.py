"""Looking for programmes: what somebody asks for, as an address says it. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

YES = "yes"
SOME = "some"
MOST_LETTERS = 100
CHOICES = (
    "semester",
    "language",
    "mode",
    "place",
    "kind",
    "field",
    "start",
    "education",
    "evenings",
    "free",
)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BETWEEN = ".."
CENTS = 100
_NUMBER = re.compile(r"\d{1,6}")

Range = tuple[int | None, int | None]


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `chosen` by the names of `NAMES`."""

    q: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def asking(self, name: str, value: str) -> "Wanted":
        """The same with one filter set; with an empty value, without it."""
        others = {key: kept for key, kept in self.chosen.items() if key != name}
        return replace(self, chosen={**others, name: value} if value else others)

    @property
    def query(self) -> str:
        """As GET parameters."""
        asked = {"q": self.q, **self.chosen}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def is_anything(self) -> bool:
        return bool(self.q or self.chosen)


def wanted(
    asked: Mapping[str, str], known: Callable[[str, str], bool] = lambda *_: True
) -> Wanted:
    """What is asked for; a value that no run has is taken for no wish at all.

    `known(name, value)` says of a choice whether some run has it.
    """
    chosen = {}
    for name, sound in SOUND.items():
        value = asked.get(name, "")
        value = value[:2] if name == "field" else value
        if value and sound(value) and (name not in CHOICES or known(name, value)):
            chosen[name] = value
    return Wanted(asked.get("q", "").replace("\0", "").strip()[:MOST_LETTERS], chosen)


def days(value: str) -> list[str]:
    """“thu,sat” as its days, in the order of the week; nothing when it is no such."""
    said = value.split(",")
    return [day for day in DAYS if day in said] if set(said) <= set(DAYS) else []


def numbers(value: str) -> Range | None:
    """“12..18”, “12..”, “..18” or “12-18” as its ends; one number is both."""
    return _range(value.replace("-", BETWEEN), _number)


def cents(value: str) -> Range | None:
    """“500..1500” in cents; one number of euros is the most."""
    found = _range(value, _number)
    if found is None:
        return None
    least, most = found if BETWEEN in value else (None, found[1])
    return (
        None if least is None else least * CENTS,
        None if most is None else most * CENTS,
    )


def deadlines(value: str) -> Range | None:
    """“2027-01-10..2027-01-31” as days counted from the year 1; one day is the last."""
    found = _range(value, _day)
    if found is None:
        return None
    return found if BETWEEN in value else (None, found[1])


def _range(value: str, read: Callable[[str], int | None]) -> Range | None:
    if BETWEEN not in value:
        value = f"{value}{BETWEEN}{value}"
    ends = value.split(BETWEEN)
    read_ends = [read(end) for end in ends]
    wrong = [
        end for end, got in zip(ends, read_ends, strict=True) if end and got is None
    ]
    if len(ends) != 2 or wrong or read_ends == [None, None]:  # noqa: PLR2004 -- both ends
        return None
    return read_ends[0], read_ends[1]


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) and text.isascii() else None


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


SOUND: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(CHOICES, bool),
    "ects": numbers,
    "fee": cents,
    "weekdays": days,
    "deadline": deadlines,
    "open": lambda value: value == YES,
    "places": lambda value: value == SOME,
}
NAMES = tuple(SOUND)
