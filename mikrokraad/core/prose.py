"""Letters are written in Markdown: as safe HTML for screens, as plain words for the rest."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_ADDRESS = re.compile(r"(?<![<(])\bhttps?://\S*[^\s.,;:!?)»”]")


def subject_and_body(rendered: str) -> tuple[str, str]:
    """A rendered letter in two: its first line, a heading, is the subject.

    Templates escape what they are given as if it went into HTML; Markdown is not
    HTML, and is escaped when it is turned into it.
    """
    subject, _newline, body = unescape(rendered.strip()).partition("\n")
    return subject.lstrip("# ").strip(), body.strip()


def html_of(markdown: str) -> SafeString:
    """Markdown as safe HTML; bare addresses become links."""
    return mark_safe(nh3.clean(_MARKDOWN.render(_linked(markdown))))  # noqa: S308 -- cleaned by nh3


def plain_of(markdown: str) -> str:
    """Markdown as somebody would type it: no marks but "- " and "> ", addresses in full."""
    return "\n\n".join(_blocks(_MARKDOWN.parse(_linked(markdown))))


def _linked(markdown: str) -> str:
    return _ADDRESS.sub(lambda found: f"<{found.group()}>", markdown)


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    """Paragraphs and headings, each by itself, and each list as a whole."""
    marks: list[str] = []
    items: list[str] = []
    for token in tokens:
        if token.type == "list_item_open":
            marks.append(f"{token.info}. " if token.info else "- ")
        elif token.type == "blockquote_open":
            marks.append("> ")
        elif token.type in {"list_item_close", "blockquote_close"}:
            marks.pop()
        elif token.content and token.nesting == 0:
            items.append(_marked(_words(token), marks))
        if not marks and items and not token.type.endswith("item_close"):
            yield "\n".join(items)
            items.clear()


def _marked(words: str, marks: list[str]) -> str:
    """Each line behind its marks; an item's own mark stands only once."""
    lines = []
    for line in words.splitlines():
        lines.append(("".join(marks) + line).rstrip())
        marks[:] = [mark if mark == "> " else " " * len(mark) for mark in marks]
    return "\n".join(lines)


def _words(token: Token) -> str:
    """The words of a line; a link with words of its own is followed by its address."""
    words, address = "", ""
    for part in token.children or [token]:
        if part.type == "link_open":
            address = "" if part.info == "auto" else f" ({part.attrs['href']})"
        elif part.type == "link_close":
            words += address
        elif part.type in {"softbreak", "hardbreak"}:
            words += "\n"
        else:
            words += part.content
    return words.strip()
