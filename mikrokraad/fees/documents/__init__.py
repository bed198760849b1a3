"""The invoice as a PDF. Amounts arrive in cents, days as ISO dates, texts ready to print."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, NotRequired, TypedDict

from babel.dates import format_date
from babel.numbers import format_decimal

from mikrokraad.core.pdf import compile_pdf
from mikrokraad.fees.documents.wording import WORDS, Language

TEMPLATE = Path(__file__).with_name("invoice.typ")
CENTS = 100
LOCALES: dict[Language, str] = {"et": "et", "en": "en_GB"}


class Party(TypedDict):
    """Who sells or buys. `address` is one string per printed line."""

    name: str
    address: list[str]
    registry_code: NotRequired[str]
    vat_number: NotRequired[str]
    email: NotRequired[str]


class Line(TypedDict):
    """One line. `vat_reason` says why the rate is what it is, in the invoice's language."""

    description: str
    quantity: int
    unit_cents: int
    net_cents: int
    vat_percent: str
    vat_cents: int
    vat_reason: str


class Invoice(TypedDict):
    """All that is printed. Of a credit note `refers_to` is the invoice's number."""

    kind: Literal["invoice", "credit_note"]
    number: str
    issued_on: str
    due_on: str
    reference: str
    seller: Party
    buyer: Party
    lines: list[Line]
    net_cents: int
    vat_cents: int
    total_cents: int
    iban: str
    demonstration: bool
    refers_to: NotRequired[str]
    about: NotRequired[str]
    buyer_reference: NotRequired[str]
    note: NotRequired[str]


def invoice_pdf(invoice: Invoice, *, language: Language) -> bytes:
    """The invoice to send. The same invoice always gives the same bytes."""
    printed = {
        **invoice,
        "language": language,
        "words": WORDS[language],
        "issued": _day(invoice["issued_on"], language),
        "due": _day(invoice["due_on"], language),
        "iban": _in_fours(invoice["iban"]),
        "net": _money(invoice["net_cents"], language),
        "vat": _money(invoice["vat_cents"], language),
        "total": _money(invoice["total_cents"], language),
        "lines": [_line(line, language) for line in invoice["lines"]],
    }
    return compile_pdf(TEMPLATE, printed)


def _line(line: Line, language: Language) -> dict[str, str]:
    return {
        "description": line["description"],
        "quantity": str(line["quantity"]),
        "unit": _money(line["unit_cents"], language),
        "net": _money(line["net_cents"], language),
        "vat_percent": f"{format_decimal(Decimal(line['vat_percent']), locale=LOCALES[language])}\xa0%",
        "vat_reason": line["vat_reason"],
    }


def _money(cents: int, language: Language) -> str:
    """“2400,00 €” in Estonian, “€2,400.00” in English."""
    number = format_decimal(
        Decimal(abs(cents)) / CENTS, "#,##0.00", locale=LOCALES[language]
    )
    if language == "et" and abs(cents) < 10_000 * CENTS:
        number = number.replace("\xa0", "")  # four digits stand together
    sign = "−" if cents < 0 else ""
    return f"{sign}{number}\xa0€" if language == "et" else f"{sign}€{number}"


def _day(iso: str, language: Language) -> str:
    return format_date(
        date.fromisoformat(iso),
        "d. MMMM y" if language == "et" else "d MMMM y",
        locale=LOCALES[language],
    )


def _in_fours(iban: str) -> str:
    bare = iban.replace(" ", "")
    return "\xa0".join(bare[start : start + 4] for start in range(0, len(bare), 4))
