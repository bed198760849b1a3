"""The badge that travels inside a PDF of ours, found without trusting the file."""

import re
import zlib

PDF = b"%PDF-"
MOST_BYTES = 1 << 20  # of an attachment, unpacked
MOST_ATTACHMENTS = 20
EMBEDDED = re.compile(
    rb"<<(?=[^\r\n]{0,600}?/Type\s*/EmbeddedFile\b)[^\r\n]{0,600}?>>\s*stream\r?\n"
)


def attachments(pdf: bytes) -> list[bytes]:
    """The files inside a PDF, as far as they can be read; broken ones are left out.

    Only flate-compressed attachments are read, which is how ours are written.
    """
    found = []
    for place in EMBEDDED.finditer(pdf):
        inflate = zlib.decompressobj()
        try:
            content = inflate.decompress(pdf[place.end() :], MOST_BYTES)
        except zlib.error:
            continue
        if inflate.eof:
            found.append(content)
        if len(found) == MOST_ATTACHMENTS:
            break
    return found
