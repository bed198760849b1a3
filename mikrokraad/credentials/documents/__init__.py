"""The certificate and its supplement, as a PDF to frame and as a picture of its first page."""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from babel.dates import format_date
from PIL import Image

from mikrokraad.core.pdf import FONTS, PACKAGE, Attachment, compile_pdf
from mikrokraad.core.weave import COLOURS, belt_cells
from mikrokraad.credentials.crypto import narrative
from mikrokraad.credentials.crypto.facts import (
    Course,
    Facts,
    Language,
    belt_seed,
    hours_of,
    said,
    written,
)
from mikrokraad.credentials.documents.wording import WORDS

TEMPLATE = Path(__file__).with_name("certificate.typ")
BADGE = "openbadge.json"
ATTACHED = {
    "et": "Sama tunnistus masinloetaval kujul (Open Badges 3.0)",
    "en": "The same certificate for machines (Open Badges 3.0)",
}
LOCALES: dict[Language, str] = {"et": "et", "en": "en_GB"}
MOTIFS = 17
PICTURE_PPI = 96
PICTURE_COLOURS = 64

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Look:
    """What the paper shows beside the facts: where the QR code leads, the dye of the belt,
    and the personal code, which the facts do not carry in the clear."""

    qr_url: str
    status_url: str
    colour: str = "indigo"
    personal_code: str = field(default="", repr=False)


def certificate_pdf(facts: Facts, look: Look, *, badge: bytes) -> bytes:
    """The document with its supplement and the badge inside. Same facts, same bytes."""
    language = facts["language"]
    attachment = Attachment(
        BADGE, badge, "application/ld+json", ATTACHED[language], "alternative"
    )
    return compile_pdf(TEMPLATE, _printed(facts, look), attachments=[attachment])


def certificate_picture(facts: Facts, look: Look) -> bytes:
    """The first page as a PNG of few colours, for the learner's page."""
    printed = {**_printed(facts, look), "first_page_only": True}
    told = {"facts": json.dumps(printed), "attachments": "[]"}
    with _one_at_a_time:
        pages = _painter().compile(
            input=TEMPLATE, format="png", ppi=PICTURE_PPI, sys_inputs=told
        )
    first = pages[0] if isinstance(pages, list) else pages
    small = BytesIO()
    with Image.open(BytesIO(bytes(first or b""))) as picture:
        picture.convert("RGB").quantize(
            PICTURE_COLOURS, Image.Quantize.FASTOCTREE
        ).save(small, "PNG")
    return small.getvalue()


@cache
def _painter() -> typst.Compiler:
    return typst.Compiler(root=PACKAGE, font_paths=[FONTS], ignore_system_fonts=True)


def _printed(facts: Facts, look: Look) -> dict[str, Any]:
    language = facts["language"]
    words = WORDS[language]
    is_statement = facts["kind"] == "statement"
    return {
        "language": language,
        "words": words,
        "is_statement": is_statement,
        "number": facts["number"],
        "heading": words[facts["kind"]],
        "institution": said(facts["institution"]["name"], language),
        "name": facts["learner"]["name"],
        "sentence": words["studied" if is_statement else "completed"],
        "title": said(facts["programme"]["title"], language),
        "kind": said(facts["programme"]["kind"], language),
        "volume": narrative.volume(facts["ects"], facts["hours"], language),
        "level": f"{words['eqf']} {facts['eqf_level']}",
        "period": _period(facts, language),
        "issued_iso": facts["issued_on"],
        "issued": f"{said(facts['institution']['place'], language)}, {_day(facts['issued_on'], language)}",
        "seal_note": said(facts["seal_note"], language),
        "first_page_only": False,
        "qr": _qr(look.qr_url),
        "qr_url": look.qr_url,
        "status_url": look.status_url,
        "status_text": look.status_url.split("://", 1)[-1].rstrip("/"),
        "belt": belt_cells(belt_seed(facts), motifs=MOTIFS),
        "colour": COLOURS.index(look.colour) if look.colour in COLOURS else 0,
        "outcomes": [
            {
                "text": said(each["text"], language),
                "assessment": said(each["assessment"], language),
                "passed": each["passed"],
            }
            for each in facts["outcomes"]
        ],
        "courses": [_course(each, language) for each in facts["courses"]],
        "rows": [[name, text] for name, text in _rows(facts, look) if text],
    }


def _rows(facts: Facts, look: Look) -> list[tuple[str, str]]:
    """The supplement's facts: name of the fact, and its words."""
    language = facts["language"]
    words = WORDS[language]
    learner, programme = facts["learner"], facts["programme"]
    institution = facts["institution"]
    planned = narrative.volume(programme["ects"], hours_of(programme["ects"]), language)
    born = None if look.personal_code else learner["birth_date"]
    return [
        (words["learner"], learner["name"]),
        (words["personal_code"], look.personal_code),
        (words["born"], _day(born, language) if born else ""),
        (
            words["institution"],
            f"{said(institution['name'], language)}, {words['registry_code']} "
            f"{institution['registry_code']}, {institution['country']}",
        ),
        (
            words["programme"],
            f"{said(programme['title'], language)}, {words['version']} {programme['version']}",
        ),
        (words["register_code"], programme["register_code"]),
        (words["planned"], planned),
        (words["volume"], narrative.volume(facts["ects"], facts["hours"], language)),
        (words["level"], f"{words['eqf']} {facts['eqf_level']}"),
        (words["field"], programme["isced_f"]),
        (words["period"], _period(facts, language)),
        (words["participation"], said(facts["participation"], language)),
        (words["assessment_type"], said(facts["assessment_type"], language)),
        (words["quality_assurance"], said(facts["quality_assurance"], language)),
        (words["prerequisites"], said(facts["prerequisites"], language)),
        (words["supervision"], said(facts["supervision"], language)),
        (words["stackability"], said(facts["stackability"], language)),
        (
            words["counts_towards"],
            "; ".join(
                said(each["curriculum"], language) for each in facts["counts_towards"]
            ),
        ),
        (words["lecturers"], ", ".join(facts["lecturers"])),
    ]


def _course(course: Course, language: Language) -> dict[str, object]:
    return {
        "code": course["code"],
        "title": said(course["title"], language),
        "ects": written(course["ects"], language),
        "squares": course["ects"],
        "grade": WORDS[language]["pass"]
        if course["scale"] == "pass_fail"
        else course["grade"],
        "lecturer": course["lecturer"],
        "passed_on": _day(course["passed_on"], language) if course["passed_on"] else "",
    }


def _qr(url: str) -> list[list[bool]]:
    code = segno.make(url, error="m", micro=False)
    return [[bool(cell) for cell in row] for row in code.matrix]


def _day(iso: str, language: Language) -> str:
    return format_date(
        date.fromisoformat(iso),
        "d. MMMM y" if language == "et" else "d MMMM y",
        locale=LOCALES[language],
    )


def _period(facts: Facts, language: Language) -> str:
    """From the first to the last day; the year once where it is the same."""
    starts = date.fromisoformat(facts["period"]["starts"])
    ends = date.fromisoformat(facts["period"]["ends"])
    first = _day(starts.isoformat(), language)
    if starts.year == ends.year:
        first = first.removesuffix(f" {starts.year}")
    return f"{first} – {_day(ends.isoformat(), language)}"
