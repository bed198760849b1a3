"""The map of the site for search engines; a large one in parts, with an index of them.

Each page stands there in every language, and each of these names all the others.
Sources: https://www.sitemaps.org/protocol.html (at most 50,000 addresses in a file),
https://developers.google.com/search/docs/specialty/international/localized-versions
"""

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import override

from mikrokraad.catalogue.queries import (
    intakes_with_runs,
    programmes_with_pages,
    stories,
)
from mikrokraad.core.calendar import day_of
from mikrokraad.pages import doors
from mikrokraad.pages.navigation import FOR_OTHERS
from mikrokraad.pages.told import PUBLIC

PART = 20_000  # programmes; each has an address in every language
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
OTHERS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ANY, A_DAY = "any-programme", "0001-01-01"


def parts() -> int:
    """How many files the map needs; one at least."""
    return max(1, -(-programmes_with_pages().count() // PART))


def index(count: int) -> str:
    """The list of the files."""
    addresses = [
        reverse("pages_machines:sitemap_part", args=[n + 1]) for n in range(count)
    ]
    rows = [f"<sitemap><loc>{_full(path)}</loc></sitemap>\n" for path in addresses]
    return f"{HEAD}<sitemapindex {SPACE}>\n{''.join(rows)}</sitemapindex>\n"


def part(number: int) -> str:
    """One file, from 1: programmes with the day they last changed; first, the rest."""
    rows = [*(_site() if number == 1 else ()), *_programmes(number)]
    return f"{HEAD}<urlset {SPACE} {OTHERS}>\n{''.join(rows)}</urlset>\n"


def _site() -> Iterator[str]:
    """Every page but the programmes'."""
    yield from (_page(f"pages:{name}") for name in PUBLIC)
    yield _page("credentials:verify")
    yield from (
        _page("pages:door", one.key)
        for one in doors.doors()
        if not doors.leads_elsewhere(one)
    )
    for term in intakes_with_runs().values_list("term_id", flat=True):
        yield _page("pages:semester_list", term)
    for slug, published in stories().values_list("slug", "published_at"):
        yield _page("pages:story", slug, changed=_day(published))


def _programmes(number: int) -> Iterator[str]:
    """Written from one pattern: there may be very many."""
    known = programmes_with_pages().annotate(changed=Max("versions__approved_at"))
    first = (number - 1) * PART
    rows = known.values_list("slug", "changed")[first : first + PART]
    dated = _page("pages:programme", ANY, changed=A_DAY)
    undated = _page("pages:programme", ANY)
    for slug, changed in rows:
        pattern = dated.replace(A_DAY, _day(changed)) if changed else undated
        yield pattern.replace(ANY, slug)


def _page(name: str, *args: str, changed: str = "") -> str:
    """A page in every language."""
    paths = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths[code] = reverse(name, args=args)
    told = {**paths, "x-default": paths.get(FOR_OTHERS) or next(iter(paths.values()))}
    rest = f"<lastmod>{changed}</lastmod>" if changed else ""
    rest += "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{_full(path)}"/>'
        for code, path in told.items()
    )
    return "".join(
        f"<url><loc>{_full(path)}</loc>{rest}</url>\n" for path in paths.values()
    )


def _full(path: str) -> str:
    return escape(settings.PUBLIC_URL + path)


def _day(moment: datetime | None) -> str:
    return day_of(moment).isoformat() if moment else ""
