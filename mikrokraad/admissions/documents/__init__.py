"""The letter of acceptance as a PDF. Days arrive as dates, texts ready to print."""

from datetime import date
from pathlib import Path
from typing import NotRequired, TypedDict

from babel.dates import format_date

from mikrokraad.admissions.documents.wording import WORDS, Language
from mikrokraad.core.pdf import compile_pdf

TEMPLATE = Path(__file__).with_name("acceptance.typ")
LOCALES: dict[Language, str] = {"et": "et", "en": "en_GB"}


class School(TypedDict):
    """Who writes. `address` is one string per printed line."""

    name: str
    address: list[str]
    registry_code: str
    email: str


class Letter(TypedDict):
    """All that is printed. `facts` are named lines, in their order."""

    number: str
    issued_on: date
    school: School
    place: str
    name: str
    born: date
    title: str
    facts: list[tuple[str, str]]
    signer: str
    signer_email: str
    demonstration: bool
    citizenship: NotRequired[str]


def acceptance_pdf(letter: Letter, *, language: Language) -> bytes:
    """The letter to show. The same letter always gives the same bytes."""
    words = WORDS[language]
    accepted = words["accepted"].format(
        name=letter["name"],
        born=day(letter["born"], language),
        title=letter["title"],
        school=letter["school"]["name"],
    )
    printed = {
        **letter,
        "language": language,
        "words": words,
        "accepted": accepted,
        "born": day(letter["born"], language),
        "issued_on": letter["issued_on"].isoformat(),
        "issued": day(letter["issued_on"], language),
    }
    return compile_pdf(TEMPLATE, printed)


def day(on: date, language: Language) -> str:
    pattern = "d. MMMM y" if language == "et" else "d MMMM y"
    return format_date(on, pattern, locale=LOCALES[language])
