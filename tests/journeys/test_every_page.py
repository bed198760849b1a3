"""Every page that a persona can reach by links: sound, accessible, narrow and light."""

from collections import deque
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import University, Visitor, Visitors

NARROW = 320
LIGHT_BYTES = 100_000
MOST_PAGES = 80
# What is not a page of ours: files, feeds, the way out, and allauth's own reading of links.
NOT_PAGES = (
    "/static/",
    "/media/",
    "/api/",
    "/account/logout",
    "/account/data/",
    "/evidence/",
    ".pdf",
    ".json",
    ".ics",
    ".atom",
    ".png",
)
# Everybody in their own language; the widest words are Estonian ones.
PERSONAS = [
    (None, "et"),
    (None, "en"),
    ("liis.maasikas", "et"),
    ("beatriz.linho", "en"),
    ("andres.pihlakas", "et"),
    ("sofia.parn", "et"),
    ("kadri.kirivoo", "et"),
    ("jaak.solg", "et"),
    ("virve.munt", "et"),
    ("hillar.mootevakk", "et"),
    ("toomas.kudum", "en"),
    ("rita.varav", "et"),
]
AXE = Axe()
LOOKED_AT: set[str] = set()


def links(page: Page) -> list[str]:
    """Addresses of the page's links within the site, without fragments."""
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "nodes => nodes.map(node => node.href)"
    )
    here = urlsplit(page.url).netloc
    parts = [urlsplit(link) for link in found]
    return [
        f"{part.path}?{part.query}" if part.query else part.path
        for part in parts
        if part.netloc == here and not any(n in part.path for n in NOT_PAGES)
    ]


def kind_of(path: str) -> str:
    """Which page it is, whoever's: pages of one kind are looked at once."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return path
    return f"{found.view_name} {'filtered' if '?' in path else ''}"


def walk(visitor: Visitor, start: str) -> Iterator[str]:
    """Open one page of each kind that links lead to; the path of each, when open."""
    waiting, seen = deque([start]), {kind_of(start)}
    opened = 0
    while waiting and opened < MOST_PAGES:
        path = waiting.popleft()
        answer = visitor.page.goto(visitor.university.url + path)
        assert answer is not None
        assert answer.status == HTTPStatus.OK, f"{path}: {answer.status}"
        opened += 1
        yield path
        for link in links(visitor.page):
            own = link.startswith(f"/{visitor.language}/") or link[1:3] not in (
                "et",
                "en",
            )
            if own and kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)


def shape(page: Page) -> str:
    """Of which elements a page is made. Pages of one shape have the same faults."""
    found: str = page.evaluate(
        """() => [...new Set([...document.querySelectorAll("body *")].map(
            node => `${node.tagName}.${node.className}.${node.getAttribute("role")}`
        ))].sort().join()"""
    )
    return f"{page.locator('html').get_attribute('lang')} {found}"


def faults(page: Page) -> list[str]:
    """What axe-core finds, and whether the page is wider than the window."""
    form = shape(page)
    found = []
    if form not in LOOKED_AT:
        LOOKED_AT.add(form)
        found = [
            f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:160]})"
            for fault in AXE.run(page).response["violations"]
        ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"{wide} px too wide")
    if (heavy := weight(page)) > LIGHT_BYTES:
        found.append(f"{heavy} bytes on a first visit")
    return found


def weight(page: Page) -> int:
    """Bytes of a first visit: bodies as they are sent, whether or not kept since."""
    found: int = page.evaluate(
        """() => ["navigation", "resource"]
            .flatMap(kind => performance.getEntriesByType(kind))
            .reduce((sum, part) => sum + part.encodedBodySize, 0)"""
    )
    return found


@pytest.mark.parametrize(("persona", "language"), PERSONAS)
def test_pages(visitors: Visitors, persona: str | None, language: str) -> None:
    visitor = visitors.come(language, width=NARROW)
    if persona:
        visitor.sign_in(persona)
    found = {path: faults(visitor.page) for path in walk(visitor, f"/{language}/")}

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) > 8


@pytest.mark.parametrize(
    "path", ["", "programmes/", "programmes/data-science/", "verify/"]
)
def test_a_first_visit_stays_light(
    visitors: Visitors, university: University, path: str
) -> None:
    visitor = visitors.come("et", width=NARROW)
    sizes: list[int] = []

    def weigh(response: object) -> None:
        parts = response.request.sizes()  # type: ignore[attr-defined]
        sizes.append(parts["responseBodySize"] + parts["responseHeadersSize"])

    visitor.page.on("requestfinished", lambda r: weigh(r.response()))
    visitor.go(path)
    visitor.page.wait_for_load_state("networkidle")

    assert sizes
    assert sum(sizes) < LIGHT_BYTES


def test_keyboard_reaches_the_content_first(visitors: Visitors) -> None:
    visitor = visitors.come("en")
    visitor.go("programmes/")
    visitor.page.keyboard.press("Tab")
    assert (
        visitor.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    )

    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")

    assert visitor.page.evaluate("!!document.activeElement.closest('main')")
