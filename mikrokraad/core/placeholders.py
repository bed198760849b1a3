"""Texts with {named} gaps: filled in plainly, and nothing in them is ever run."""

import re
from collections.abc import Mapping

_GAP = re.compile(r"\{\s*([^{}\n]*?)\s*\}")
_MANY_LINES = re.compile(r"\n{3,}")


def names_in(text: str) -> set[str]:
    """What stands between braces; each should be a name of a gap."""
    return set(_GAP.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each known gap filled once: what fills it is not looked at again."""
    return tidy(_GAP.sub(lambda gap: values.get(gap[1], gap[0]), text))


def tidy(text: str) -> str:
    """No blanks at the ends of lines, and never two empty lines in a row."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _MANY_LINES.sub("\n\n", lines).strip()
