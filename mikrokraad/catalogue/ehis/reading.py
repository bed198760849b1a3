"""Reading the register's open data, quirks included. Pure.

Source: EHIS open data, curricula of micro-credential studies. Its outcomes come with
numbers, bullets, lead-in lines, soft hyphens and words broken over lines.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

LANGUAGES = {"eesti keel": "et", "inglise keel": "en", "vene keel": "ru"}
REGISTERED = "Registreeritud"
MOST_ECTS = 60

_MARK = re.compile(r"^\s*(?:(?P<bullet>[-–—•·*▪◦●])|(?P<number>\d{1,2})[.)])\s*(?=\S)")
# Some texts show the soft hyphen as the sign it has in a word processor.
_SOFT_HYPHEN = re.compile("\N{SOFT HYPHEN}\\s*|(?<=\\w)\N{NOT SIGN}\\s*(?=\\w)")
_BROKEN = re.compile(
    r"(?<=[a-zõäöüšž])-\s+(?!(?:ja|või|ning|ega|kui|sh|nt|and|or)\b)(?=[a-zõäöüšž])"
)
_SPACE = re.compile(r"\s+")
# No database keeps these: control characters and halves of surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_LEAD_IN = re.compile(
    r"^(?:(?:mikro\w+|programmi|õppekava|kursuse|mooduli)\s+)?läbinu\w*(?:\s+\w+){0,2}$",
    re.IGNORECASE,
)
_ISCED = re.compile(r"\d{4}")
_CODE = re.compile(r"\d{3,12}")


class WrongField(ValueError):
    """A record that cannot be read: which field, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


@dataclass(frozen=True)
class Record:
    """One curriculum of the register. ECTS are whole credits."""

    code: str
    title: dict[str, str]
    ects: int
    isced_f: str
    languages: list[str]
    outcomes: list[str]
    status: str
    registered_on: date
    updated_on: date
    provider: str
    document: str = ""
    quirks: int = field(default=0, compare=False)

    @property
    def is_registered(self) -> bool:
        return self.status == REGISTERED


def read(raw: object) -> Record:
    """The record in `raw`. Errors: WrongField names the first field that is wrong."""
    if not isinstance(raw, dict):
        raise WrongField("record", _("is not an object"))
    outcomes = outcomes_from(_list(raw, "outcomes"))
    if not outcomes:
        raise WrongField("outcomes", _("has no outcome in it"))
    return Record(
        code=_matching(raw, "ehis_kood", _CODE, _("must be a number such as 259518")),
        title={"et": _text(raw, "name_et"), "en": _text(raw, "name_en")},
        ects=_ects(raw),
        isced_f=_matching(raw, "field_code", _ISCED, _("must have four digits")),
        languages=[_language(each) for each in _list(raw, "languages")],
        outcomes=outcomes,
        status=_text(raw, "status"),
        registered_on=_day(raw, "registered_at"),
        updated_on=_day(raw, "updated_at"),
        provider=_text(raw, "provider"),
        document=cleaned(str(raw.get("official_pdf_url") or "")),
        quirks=len(raw["outcomes"]) - len(outcomes),
    )


def cleaned(text: str) -> str:
    """One line without soft hyphens, entities, broken words or needless space.

    Cleaned again until nothing changes, as the register escapes some texts twice.
    """
    once = _cleaned_once(text)
    while once != text:
        text, once = once, _cleaned_once(once)
    return once


def _cleaned_once(text: str) -> str:
    text = _SOFT_HYPHEN.sub("", html.unescape(text))
    text = _SPACE.sub(" ", text).strip()
    return _BROKEN.sub("", _UNPRINTABLE.sub("", text))


def outcomes_from(lines: list[Any]) -> list[str]:
    """Outcomes without numbers, bullets, lead-in lines and closing marks."""
    split = [part for line in lines for part in _split(line)]
    kept = [text for text, is_lead_in in _with_lead_ins(split) if not is_lead_in]
    return [text for text in (_bare(line) for line in kept) if text]


def _split(line: object) -> list[str]:
    if not isinstance(line, str):
        raise WrongField("outcomes", _("must be a list of texts"))
    parts: list[str] = []
    for part in line.splitlines():
        if _MARK.match(part) or not parts:
            parts.append(part)
        else:
            parts[-1] += "\n" + part
    return [part for part in parts if part.strip()]


def _with_lead_ins(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it only leads in to the bullets after it."""
    for line, after in pairwise([*lines, ""]):
        text = cleaned(line)
        marked = bool(_MARK.match(line))
        opens_list = not marked and bool(_MARK.match(after)) and text == _bare(line)
        yield (
            line,
            not marked
            and (
                text.endswith(":")
                or bool(_LEAD_IN.match(text))
                or (opens_list and line is lines[0])
            ),
        )


def _bare(line: str) -> str:
    text = cleaned(line)
    while match := _MARK.match(text):
        text = text[match.end() :]
    return text.rstrip(" ;.,")


def _text(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not cleaned(value):
        raise WrongField(name, _("is missing"))
    return cleaned(value)


def _matching(raw: dict[str, Any], name: str, shape: re.Pattern[str], why: str) -> str:
    value = cleaned(str(raw.get(name, "")))
    if not shape.fullmatch(value):
        told = _("is “{value}”; it {why}").format(value=value, why=why)
        raise WrongField(name, told if value else _("is missing"))
    return value


def _ects(raw: dict[str, Any]) -> int:
    value = raw.get("eap")
    text = cleaned(str(value)).replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        told = _("is “{value}”; it must be a number").format(value=value)
        raise WrongField("eap", told) from None
    if not 0 < number <= MOST_ECTS or number != int(number):
        told = _("is “{value}”; it must be 1 to {most} whole credits")
        raise WrongField("eap", told.format(value=value, most=MOST_ECTS))
    return int(number)


def _list(raw: dict[str, Any], name: str) -> list[Any]:
    value = raw.get(name)
    if not isinstance(value, list) or not value:
        raise WrongField(name, _("must be a list with something in it"))
    return value


def _language(value: object) -> str:
    name = cleaned(str(value)).lower()
    if name not in LANGUAGES:
        told = _("“{name}” is not a language we know").format(name=name)
        raise WrongField("languages", told)
    return LANGUAGES[name]


def _day(raw: dict[str, Any], name: str) -> date:
    value = str(raw.get(name, ""))
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        told = _("is “{value}”; it must be a date such as 2026-06-03")
        raise WrongField(name, told.format(value=value)) from None
