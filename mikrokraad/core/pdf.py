"""PDF documents: a typst template and the facts to fill in.

Every document is PDF/A-3a (for archives) and PDF/UA-1 (for screen readers) at once;
typst refuses to write one that breaks either. The same facts give the same bytes.
"""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

import typst

if TYPE_CHECKING:
    from typst import PDFStandard

PACKAGE = Path(__file__).resolve().parent.parent
FONTS = PACKAGE / "core" / "fonts"
STANDARDS: "list[PDFStandard]" = ["a-3a", "ua-1"]
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the templates set the real date

Relationship = Literal["source", "data", "alternative", "supplement"]

_one_at_a_time = Lock()  # a compiler keeps state between its calls


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that travels inside the PDF (its `AFRelationship` is `relationship`)."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: Relationship = "data"


def compile_pdf(
    template: Path,
    inputs: Mapping[str, object],
    *,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Set `template` (a .typ file of this package) with `inputs`, which it reads as JSON.

    Errors: typst.TypstError when the template or the standards refuse the document
    (a bug of ours); UnicodeDecodeError for an attachment that is not text.
    """
    told = {
        "facts": json.dumps(inputs, ensure_ascii=False),
        "attachments": json.dumps(
            [_told(each) for each in attachments], ensure_ascii=False
        ),
    }
    with _one_at_a_time:
        pdf, complaints = _compiler().compile_with_warnings(
            input=template, sys_inputs=told, pdf_standards=STANDARDS, timestamp=EPOCH
        )
    for complaint in complaints:
        warnings.warn(f"{template.name}: {complaint.message}", stacklevel=2)
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template.name} did not give one PDF.")
    return pdf


def compile_png(
    template: Path, inputs: Mapping[str, object], *, pixels_per_point: float = 2
) -> bytes:
    """Set `template` as a picture of one page, with what it reads as in `compile_pdf`."""
    told = {"facts": json.dumps(inputs, ensure_ascii=False), "attachments": "[]"}
    with _one_at_a_time:
        picture = _compiler().compile(
            input=template, format="png", ppi=72 * pixels_per_point, sys_inputs=told
        )
    if not isinstance(picture, bytes):
        raise TypeError(f"{template.name} did not give one picture.")
    return picture


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=PACKAGE, font_paths=[FONTS], ignore_system_fonts=True)


def _told(attachment: Attachment) -> dict[str, str]:
    return {
        "name": attachment.name,
        "text": attachment.content.decode(),
        "media_type": attachment.media_type,
        "description": attachment.description,
        "relationship": attachment.relationship,
    }
