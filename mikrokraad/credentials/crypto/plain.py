"""RDFC-1.0 for the graphs of ordinary credentials: fast, and safe with any input.

Where no two blank nodes look alike from outside ("hash first degree quads" is unique), the
algorithm ends there and costs no more than reading the lines. Any other graph gets None.
Source: RDF Dataset Canonicalization 1.0, sections 4.4.3 and 4.6.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

LINE = re.compile(
    r"(?P<subject>_:[^ ]+|<[^>]*>)"
    r"(?P<predicate> <[^>]*> )"
    r"(?P<object>_:[^ ]+|<[^>]*>|\"[^\"\\]*(?:\\.[^\"\\]*)*\"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?)"
    r"(?P<end>(?: <[^>]*>)? \.\n)"
)


class Statement(NamedTuple):
    """One line of N-Quads in three parts; a blank node is named, anything else is in `middle`."""

    subject: str
    middle: str
    object: str
    end: str


def statements(lines: Iterable[str]) -> list[Statement] | None:
    """The lines in parts, or None if a graph is named by a blank node."""
    found = []
    for line in lines:
        match = LINE.fullmatch(line)
        if match is None:
            return None
        start, predicate, value, end = match.groups()
        subject, head = (start, "") if start.startswith("_:") else ("", start)
        node, tail = (value, "") if value.startswith("_:") else ("", value)
        found.append(Statement(subject, head + predicate + tail, node, end))
    return found


def canonical(lines: Iterable[str]) -> str | None:
    """Canonical N-Quads of the lines (each with its line end), or None for a hard graph."""
    parts = statements(lines)
    return None if parts is None else canonical_statements(parts, {})


def canonical_statements(parts: list[Statement], known: dict[str, str]) -> str | None:
    """As `canonical`; `known` are hashes of blank nodes that need not be taken again."""
    about = mentions(parts)
    by_hash = {
        known.get(node) or node_hash(node, each): node for node, each in about.items()
    }
    if len(by_hash) != len(about):
        return None
    names = {
        by_hash[digest]: f"_:c14n{place}"
        for place, digest in enumerate(sorted(by_hash))
    }
    names[""] = ""
    return "".join(
        sorted({names[s] + middle + names[o] + end for s, middle, o, end in parts})
    )


def mentions(parts: list[Statement]) -> dict[str, list[Statement]]:
    """Blank node -> every statement that mentions it, once."""
    about: dict[str, list[Statement]] = defaultdict(list)
    for part in parts:
        if part.subject:
            about[part.subject].append(part)
        if part.object and part.object != part.subject:
            about[part.object].append(part)
    return about


def node_hash(node: str, about: list[Statement]) -> str:
    """Hash First Degree Quads."""
    seen = {"": "", node: "_:a"}
    lines = [
        seen.get(s, "_:z") + middle + seen.get(o, "_:z") + end
        for s, middle, o, end in about
    ]
    return sha256("".join(sorted(lines)).encode()).hexdigest()
