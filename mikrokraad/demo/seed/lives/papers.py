"""A page that shows something, as applicants of the demonstration attach it."""

from functools import cache

LINES = [
    "Naidis / Sample",
    "",
    "See leht toendab, mida vaja.",
    "This page shows what was asked for.",
]


@cache
def paper() -> bytes:
    """A small PDF of one page."""
    words = (
        b"BT /F1 16 Tf 72 760 Td 24 TL "
        + b" ".join(f"({line}) Tj T*".encode("ascii") for line in LINES)
        + b" ET"
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    pdf, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return pdf + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table, len(parts) + 1, len(pdf))
    )
