"""The dye is for the belt, the rules and the squares; every letter can be read in any of them."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from mikrokraad.core.weave import COLOURS
from mikrokraad.credentials import documents
from mikrokraad.credentials.tests import examples

Colour = tuple[float, ...]  # red, green, blue from 0 to 1

PAPER: Colour = (1.0, 253 / 255, 249 / 255)
READABLE = 4.5  # WCAG 2.2, 1.4.3
SETS_A_COLOUR = frozenset({"sc", "scn", "rg", "g"})
SHOWS_TEXT = frozenset({"Tj", "TJ"})


def certificate(colour: str) -> bytes:
    look = documents.Look("https://a.example/s", "https://a.example/c", colour=colour)
    return documents.certificate_pdf(examples.facts(), look, badge=b"{}")


def colours_of_text(pdf: bytes) -> set[Colour]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {colour for page in document.pages for colour in _on(page)}


def _on(page: pikepdf.Page) -> Iterator[Colour]:
    now: Colour = (0.0,)
    kept: list[Colour] = []
    for told in pikepdf.parse_content_stream(page):
        name = str(told.operator)
        if name == "q":
            kept.append(now)
        elif name == "Q":
            now = kept.pop()
        elif name in SETS_A_COLOUR:
            now = tuple(float(each) for each in told.operands)
        elif name in SHOWS_TEXT:
            yield now


def brightness(colour: Colour) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    three = colour * 3 if len(colour) == 1 else colour
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in three
    ]
    return sum(
        weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(text: Colour) -> float:
    return (brightness(PAPER) + 0.05) / (brightness(text) + 0.05)


@pytest.mark.parametrize("colour", COLOURS)
def test_every_letter_can_be_read(colour: str) -> None:
    found = colours_of_text(certificate(colour))

    assert found
    assert min(contrast(each) for each in found) >= READABLE


def test_the_letters_are_the_same_whatever_the_dye() -> None:
    assert colours_of_text(certificate("weld")) == colours_of_text(certificate("moss"))
