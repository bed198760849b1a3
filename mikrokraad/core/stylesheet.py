"""The one stylesheet: the component files in their listed order, the theme last."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "ui"
_COMMENT = re.compile(r'("[^"\n]*")|/\*.*?\*/', re.DOTALL)
_ADDRESS = re.compile(r'url\("(?!/|https?:|data:)([^"]+)"\)')
_STRING = re.compile(r'("[^"\n]*")')


def order() -> list[str]:
    """Names of the component files, as listed in `order.txt`."""
    lines = (FOLDER / "order.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _squeeze(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    text = re.sub(r": (?=[^{}]*[;}])", ":", text)
    return text.replace(";}", "}")


def squeezed(css: str) -> str:
    """`css` without comments and needless spaces; strings stay as they are."""
    parts = _STRING.split(_COMMENT.sub(r"\1", css))
    holes = "".join(
        f"\x00{number // 2}\x00" if number % 2 else part
        for number, part in enumerate(parts)
    )
    return re.sub(
        r"\x00(\d+)\x00", lambda hole: parts[int(hole[1]) * 2 + 1], _squeeze(holes)
    ).strip()


def theme() -> str:
    """The tokens of the chosen theme."""
    found = finders.find(f"themes/{settings.THEME}.css")
    if not found:
        raise ImproperlyConfigured(
            f"THEME is “{settings.THEME}”, but there is no themes/{settings.THEME}.css among the static files."
        )
    return Path(str(found)).read_text(encoding="utf-8")


def joined() -> str:
    """The whole stylesheet; addresses in it are those of the static files."""
    files = [(FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in order()]
    css = squeezed("\n".join([*files, theme()]))
    return _ADDRESS.sub(lambda found: f'url("{static("ui/" + found[1])}")', css)


def digest(css: str) -> str:
    """The first 12 hexadecimal digits of its SHA-256; part of its address."""
    return sha256(css.encode()).hexdigest()[:12]


@cache
def _kept() -> tuple[str, str]:
    css = joined()
    return css, digest(css)


def current() -> tuple[str, str]:
    """The stylesheet and its digest; joined once, or each time while developing."""
    if settings.DEBUG:
        css = joined()
        return css, digest(css)
    return _kept()
