"""Catalogues follow the sources."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import write_po

from mikrokraad.config import texts

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("One sentence.")
ngettext("{n} place", "{n} places", 2)
pgettext("a month", "May")
other("Not a sentence.")
_(variable)
"""
PAGE = """{% translate "On a page" %}
{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
{% translate "May" context "a month" %}"""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    room = tmp_path / "garden"
    (room / "templates" / "garden").mkdir(parents=True)
    (room / "tests").mkdir()
    (room / "rules.py").write_text(CODE)
    (room / "tests" / "test_rules.py").write_text('_("Only in a test.")')
    (room / "templates" / "garden" / "page.html").write_text(PAGE)
    return room


def catalogue(room: Path) -> Path:
    return room / "locale" / "et" / "LC_MESSAGES" / "django.po"


def translate(room: Path, **words: str) -> None:
    made = Catalog(locale="et")
    for key, said in words.items():
        made.add(key.replace("_", " "), said)
    catalogue(room).parent.mkdir(parents=True, exist_ok=True)
    with catalogue(room).open("wb") as file:
        write_po(file, made)


def test_messages_of_code_and_pages_are_found(room: Path) -> None:
    assert texts.messages_of("garden") == {
        texts.Message(None, "One sentence.", None),
        texts.Message(None, "{n} place", "{n} places"),
        texts.Message("a month", "May", None),
        texts.Message(None, "On a page", None),
        texts.Message(None, "%(n)s day", "%(n)s days"),
    }


def test_an_update_keeps_what_is_known_and_drops_what_is_gone(room: Path) -> None:
    translate(room, On_a_page="Lehel", Long_gone="Ammu läinud")

    fresh = texts.update("garden")

    kept = fresh.get("On a page")
    assert kept is not None
    assert kept.string == "Lehel"
    assert fresh.get("Long gone") is None
    assert "Long gone" not in catalogue(room).read_text()


def test_what_no_room_has_translated_is_listed(room: Path) -> None:
    translate(room, On_a_page="Lehel")

    assert texts.untranslated("garden") == [
        "%(n)s day",
        "May",
        "One sentence.",
        "{n} place",
    ]


def test_a_catalogue_is_compiled_once_it_changed(room: Path) -> None:
    translate(room, On_a_page="Lehel")
    texts.compile_all()
    compiled = catalogue(room).with_suffix(".mo")
    with compiled.open("rb") as file:
        message = read_mo(file).get("On a page")
    first = compiled.stat().st_mtime_ns

    texts.compile_all()

    assert message is not None
    assert message.string == "Lehel"
    assert compiled.stat().st_mtime_ns == first
