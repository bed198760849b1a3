"""The house style, as far as a machine can check it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mikrokraad.admissions import rules as admission_rules
from mikrokraad.config import texts
from mikrokraad.core.ladders import Ladder, as_mermaid
from mikrokraad.studies import rules as study_rules

ROOT = Path(__file__).parent.parent / "mikrokraad"
SOURCES = [p for p in ROOT.rglob("*.py") if not {"migrations", "tests"} & set(p.parts)]
ROOMS = sorted(p.parent.name for p in ROOT.glob("*/apps.py"))
READERS = {"views", "forms", "queries", "urls"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "delete",
    "get_or_create",
    "update_or_create",
}
NOT_ROWS = {"forms", "hashlib", "session"}


def is_part(path: Path, *names: str) -> bool:
    """Whether this file is a room's `views.py`, or in its folder `views/`."""
    parts = path.relative_to(ROOT).parts
    return path.stem in names or bool(set(parts[1:-1]) & set(names))


def named_urls(
    resolver: URLResolver, room: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Each named URL of each room of ours, however deeply it is included."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_urls(entry, entry.namespace or room)
        elif room in ROOMS and entry.name:
            yield room, entry


URLS = [
    pytest.param(room, url, id=f"{room}:{url.name}")
    for room, url in named_urls(get_resolver())
]


def test_there_are_addresses_to_check() -> None:
    assert len(URLS) > 40


@pytest.mark.parametrize(("room", "url"), URLS)
def test_a_url_and_its_view_share_one_name(room: str, url: URLPattern) -> None:
    view = f"{url.callback.__module__}.{url.callback.__name__}"

    plain = f"mikrokraad.{room}.views.{url.name}"
    module, _dot, name = view.removeprefix(f"mikrokraad.{room}.views.").rpartition(".")
    assert view == plain or url.name in (f"{module}_{name}", name)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", [p for p in SOURCES if is_part(p, *READERS)], ids=str)
def test_only_actions_write_to_the_database(path: Path) -> None:
    calls = [
        n.func for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Call)
    ]
    written = {
        f.attr
        for f in calls
        if isinstance(f, ast.Attribute)
        and not (isinstance(f.value, ast.Name) and f.value.id in {"actions", *NOT_ROWS})
    } & WRITES

    assert written == set()


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "config" / "settings.py").read_text()
    documented = (ROOT.parent / "docs" / "settings.md").read_text()
    named = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))

    assert named == set(re.findall(r"^### (\w+)", documented, re.MULTILINE))


@pytest.mark.parametrize("path", [p for p in SOURCES if is_part(p, "views")], ids=str)
def test_views_reach_data_only_through_queries(path: Path) -> None:
    assert ".objects" not in path.read_text()


@pytest.mark.parametrize("path", [p for p in SOURCES if is_part(p, "views")], ids=str)
def test_a_view_calls_one_action(path: Path) -> None:
    for view in ast.parse(path.read_text()).body:
        called = [
            n
            for n in ast.walk(view)
            if isinstance(n, ast.Attribute)
            and isinstance(n.value, ast.Name)
            and (n.value.id == "actions" or n.value.id.endswith("_actions"))
        ]
        assert len(called) <= 1, getattr(view, "name", "")


TEMPLATES = [p for p in ROOT.rglob("*.html") if "templates" in p.parts]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_template_comments_stay_on_one_line(path: Path) -> None:
    lines = path.read_text().splitlines()

    assert [line for line in lines if line.count("{#") != line.count("#}")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_pages_carry_no_inline_script_or_style(path: Path) -> None:
    if "letter" in path.name:
        return  # an e-mail is not a page: mail programs know no stylesheets
    found = re.findall(
        r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)", path.read_text()
    )

    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_is_translated(room: str) -> None:
    assert texts.untranslated(room) == []


@pytest.mark.parametrize(
    ("room", "ladder"),
    [("admissions", admission_rules.LADDER), ("studies", study_rules.LADDER)],
)
def test_the_rooms_readme_shows_the_real_ladder(
    room: str, ladder: Ladder[Any, Any, Any]
) -> None:
    readme = (ROOT / room / "README.md").read_text()

    assert as_mermaid(ladder.steps) in readme


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert len((ROOT / room / "README.md").read_text().splitlines()) >= 5


def test_lock_files_carry_no_addresses() -> None:
    locks = list(ROOT.parent.glob("requirements*.txt"))

    assert len(locks) == 2
    assert [lock.name for lock in locks if "://" in lock.read_text()] == []
