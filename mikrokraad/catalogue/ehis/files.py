"""A register file's records, also of a file that was torn off on its way. Pure.

What is whole is read. The record in which the file is torn, or in which it stops being
JSON, is named and refused; what stands after it cannot be told apart any more.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

_START = re.compile(r'\s*(?:\{.*?"curricula"\s*:\s*)?\[', re.DOTALL)
_CODE = re.compile(r'"ehis_kood"\s*:\s*"?(\d{1,12})')
_NAME = re.compile(r'"name_et"\s*:\s*("(?:[^"\\]|\\.)*")')
_BETWEEN = re.compile(r"[\s,]*")


class NotARegisterFile(ValueError):
    """Not the register's JSON at all: nothing in it can be read."""


@dataclass(frozen=True)
class Torn:
    """A record that ends in the middle: its code and name as far as they are there."""

    code: str
    title: str
    why: str


@dataclass(frozen=True)
class Contents:
    records: list[object] = field(default_factory=list)
    torn: Torn | None = None


def contents(text: str) -> Contents:
    """Every whole record of the file. Errors: NotARegisterFile."""
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    try:
        data = json.loads(text)
    except RecursionError:
        raise NotARegisterFile("is not JSON: it is nested too deep") from None
    except ValueError as error:
        return _whole_ones(text, error)
    records = data.get("curricula") if isinstance(data, dict) else data
    if not isinstance(records, list):
        raise NotARegisterFile("has no list “curricula”: is it the register's file?")
    return Contents(records)


def _whole_ones(text: str, error: ValueError) -> Contents:
    start = _START.match(text)
    if start is None:
        raise NotARegisterFile(f"is not JSON: {error}") from None
    decoder, at, found = json.JSONDecoder(), start.end(), list[object]()
    while True:
        at = _skipped(text, at)
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(record)
    rest = text[at:].strip()
    if not found and not rest.startswith("{"):
        raise NotARegisterFile(f"is not JSON: {error}") from None
    if rest in ("", "]"):  # torn between two records, or after the last one
        return Contents(found, Torn("?", "", _("the file ends too early")))
    return Contents(found, _torn(rest))


def _skipped(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _torn(rest: str) -> Torn:
    code, name = _CODE.search(rest), _NAME.search(rest)
    title: Any = json.loads(name[1]) if name else ""
    return Torn(
        code[1] if code else "?",
        str(title),
        _("is torn: the file ends or breaks in the middle of it"),
    )
