"""Documents: one template, the facts, the same bytes each time."""

import io
from pathlib import Path

import pikepdf
import pytest

from mikrokraad.core import pdf

TEMPLATE = Path(__file__).parent / "sheet.typ"
FACTS = {"title": "Õppetõend", "words": "Ükskord prantsatas maha"}
NOTE = pdf.Attachment("facts.json", b'{"a": 1}', "application/json", "The facts")


def test_the_same_facts_are_the_same_bytes() -> None:
    assert pdf.compile_pdf(TEMPLATE, FACTS) == pdf.compile_pdf(TEMPLATE, FACTS)
    assert pdf.compile_pdf(TEMPLATE, FACTS) != pdf.compile_pdf(
        TEMPLATE, {**FACTS, "title": "Tunnistus"}
    )


def test_a_document_is_for_archives_and_for_screen_readers() -> None:
    with pikepdf.open(io.BytesIO(pdf.compile_pdf(TEMPLATE, FACTS))) as document:
        with document.open_metadata() as told:
            assert told["pdfaid:part"] == "3"
            assert told["pdfaid:conformance"] == "A"
            assert told["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "et"


def test_files_travel_inside() -> None:
    made = pdf.compile_pdf(TEMPLATE, FACTS, attachments=[NOTE])

    with pikepdf.open(io.BytesIO(made)) as document:
        assert list(document.attachments) == ["facts.json"]
        assert (
            document.attachments["facts.json"].get_file().read_bytes() == NOTE.content
        )


def test_a_file_that_is_no_text_is_a_fault_of_ours() -> None:
    broken = pdf.Attachment("x", b"\xff", "text/plain", "")

    with pytest.raises(UnicodeDecodeError):
        pdf.compile_pdf(TEMPLATE, FACTS, attachments=[broken])


def test_a_picture_is_made_of_the_same_facts() -> None:
    picture = pdf.compile_png(TEMPLATE, FACTS, pixels_per_point=1)

    assert picture.startswith(b"\x89PNG")
    assert pdf.compile_png(TEMPLATE, FACTS, pixels_per_point=1) == picture
