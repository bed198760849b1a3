"""Pictures made anew from what was uploaded: small, upright, with nothing hidden in them."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from mikrokraad.core.errors import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1200
MOST_PIXELS = 50_000_000
QUALITY = 82
MEGABYTE = 1_048_576


class PictureNotAccepted(Refusal):
    code = "picture-not-accepted"


def made_anew(upload: File[bytes]) -> bytes:
    """A JPEG of the same picture, by its content and without its metadata.

    Units: pixels; no side is longer than `LONGEST_SIDE`. Refuses with
    PictureNotAccepted what is too big or no picture, whatever its name says.
    """
    if (upload.size or 0) > settings.EVIDENCE_MAX_BYTES:
        raise PictureNotAccepted(
            _("This picture is larger than {size} MB. Make it smaller first.").format(
                size=settings.EVIDENCE_MAX_BYTES // MEGABYTE
            )
        )
    try:
        picture = _opened(upload)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise PictureNotAccepted(
            _("This is not a JPEG, PNG or WebP picture, whatever its name says.")
        ) from error
    made = BytesIO()
    picture.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue()


def _opened(upload: File[bytes]) -> Image.Image:
    """Upright, without transparency, no larger than needed."""
    upload.seek(0)
    with Image.open(upload, formats=FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(found)
        solid = Image.new("RGB", upright.size, "white")
        rich = upright.convert("RGBA")
        solid.paste(rich, mask=rich.getchannel("A"))
    solid.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return solid
