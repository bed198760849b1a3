"""The map of the site for search engines; a large one in parts, with an index of them.

Source: https://www.sitemaps.org/protocol.html (at most 50,000 addresses in a file).
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from mikrokraad.catalogue.queries import programmes_with_pages
from mikrokraad.core.calendar import day_of
from mikrokraad.pages.told import PUBLIC

PART = 20_000  # programmes; each has an address in every language
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ANY = "any-programme"


def parts() -> int:
    """How many files the map needs; one at least."""
    return max(1, -(-programmes_with_pages().count() // PART))


def index(count: int) -> str:
    """The list of the files."""
    addresses = [
        reverse("pages_machines:sitemap_part", args=[n + 1]) for n in range(count)
    ]
    rows = [f"<sitemap>{_where(address)}</sitemap>\n" for address in addresses]
    return f"{HEAD}<sitemapindex {SPACE}>\n{''.join(rows)}</sitemapindex>\n"


def part(number: int) -> str:
    """One file, from 1: programmes with the day they last changed; first, the rest."""
    rows = [*(_site() if number == 1 else ()), *_programmes(number)]
    return f"{HEAD}<urlset {SPACE}>\n{''.join(rows)}</urlset>\n"


def _site() -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from (_row(reverse(f"pages:{name}")) for name in PUBLIC)


def _programmes(number: int) -> Iterator[str]:
    known = programmes_with_pages().annotate(changed=Max("versions__approved_at"))
    first = (number - 1) * PART
    rows = known.values_list("slug", "changed")[first : first + PART]
    patterns = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            patterns.append(reverse("pages:programme", args=[ANY]))
    for slug, changed in rows:
        for pattern in patterns:
            yield _row(pattern.replace(ANY, slug), changed)


def _row(path: str, changed: datetime | None = None) -> str:
    day = f"<lastmod>{day_of(changed)}</lastmod>" if changed else ""
    return f"<url>{_where(path)}{day}</url>\n"


def _where(path: str) -> str:
    return f"<loc>{escape(settings.PUBLIC_URL + path)}</loc>"
