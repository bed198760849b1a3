"""The message catalogues: compile them, and refresh them from the sources.

`python -m mikrokraad.config.texts` compiles every .po that is newer than its .mo;
`python -m mikrokraad.config.texts update ROOM …` adds new messages of a room to its
.po and drops those that are gone. Babel does the reading and writing; Django turns a
template into something Babel reads.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "gettext_noop",
    "npgettext",
}
_CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


class Message(NamedTuple):
    context: str | None
    singular: str
    plural: str | None


def compile_all() -> None:
    """Write the .mo beside every .po that has changed since."""
    for po in ROOT.glob("*/locale/*/LC_MESSAGES/django.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            part = mo.with_suffix(f".{os.getpid()}")
            with po.open("rb") as read, part.open("wb") as written:
                write_mo(written, read_po(read, locale=po.parts[-3]))
            part.replace(mo)  # whole or not at all: others may be reading it


def messages_of(room: str) -> set[Message]:
    """Every translatable message of a room's Python files and templates."""
    found: set[Message] = set()
    for path in (ROOT / room).rglob("*"):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            found |= set(_in_python(path.read_text()))
        elif "templates" in path.parts and path.suffix in {".html", ".md", ".txt"}:
            found |= set(_in_template(path.read_text()))
    return found


def _in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        words = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name not in CALLS or not words:
            continue
        if name.startswith("pgettext"):
            yield Message(words[0], words[1], None)
        elif name.startswith("ngettext"):
            yield Message(None, words[0], words[1])
        else:
            yield Message(None, words[0], None)


def _in_template(source: str) -> Iterator[Message]:
    """Django writes a template's messages as Python calls among other letters."""
    calls = templatize(source)
    for found in _CALL.finditer(calls):
        for end in (
            n for n, sign in enumerate(calls) if n > found.start() and sign == ")"
        ):
            try:
                call = ast.unparse(
                    ast.parse(calls[found.start() : end + 1], mode="eval")
                )
            except SyntaxError:
                continue
            yield from _in_python(call)
            break


def update(room: str, language: str = "et") -> Catalog:
    """Bring a room's catalogue in step with its sources; what is known is kept."""
    path = ROOT / room / "locale" / language / "LC_MESSAGES" / "django.po"
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as read:
            known = read_po(read, locale=language)
    fresh = Catalog(locale=language, project="Mikrokraad", fuzzy=False)
    for message in sorted(
        messages_of(room), key=lambda m: (m.singular, m.context or "")
    ):
        old = known.get(message.singular, message.context)
        name = (
            (message.singular, message.plural) if message.plural else message.singular
        )
        fresh.add(
            name,
            old.string if old else None,
            context=message.context,
            flags=old.flags - {"fuzzy"} if old else (),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as written:
        write_po(
            written,
            fresh,
            width=100,
            omit_header=False,
            sort_output=True,
            ignore_obsolete=True,
        )
    return fresh


def untranslated(room: str, language: str = "et") -> list[str]:
    """Messages of a room that its catalogue, or another room's, does not have yet."""
    known: set[tuple[str | None, str]] = set()
    for path in ROOT.glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as read:
            for entry in read_po(read, locale=language):
                if entry.id and all(
                    entry.string if isinstance(entry.string, tuple) else [entry.string]
                ):
                    singular = (
                        entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
                    )
                    known.add((entry.context, singular))
    return sorted(
        m.singular for m in messages_of(room) if (m.context, m.singular) not in known
    )


if __name__ == "__main__":
    for named in sys.argv[2:]:
        update(named)
        print("\n".join(untranslated(named)))  # noqa: T201 -- a command line's answer
    compile_all()
