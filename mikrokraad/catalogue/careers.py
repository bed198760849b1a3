"""From one occupation to another: the skills in between. Pure.

The vocabulary is our own (`data/occupations.json`), written from what programmes teach:
no classification of skills could be had with a licence and a keeper (ESCO is published
by the European Commission as a download, not as a package). Each skill names the words
by which programmes are searched for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mikrokraad.core.texts import Text

FILE = Path(__file__).parent / "data" / "occupations.json"


@dataclass(frozen=True, eq=False)
class Skill:
    """`name` completes “to be able to …”; `find` are the words of a search."""

    key: str
    name: Text
    find: Text


@dataclass(frozen=True, eq=False)
class Occupation:
    """What somebody is, and what they are able to do."""

    key: str
    name: Text
    skills: tuple[Skill, ...]


@dataclass(frozen=True)
class Change:
    """From one occupation to another: what one brings along, and what is in between."""

    before: Occupation | None
    after: Occupation
    brought: tuple[Skill, ...]
    between: tuple[Skill, ...]


@cache
def occupations() -> Mapping[str, Occupation]:
    """Every occupation by its key."""
    said = json.loads(FILE.read_text(encoding="utf-8"))
    skills = {row["key"]: Skill(**row) for row in said["skills"]}
    return {
        row["key"]: Occupation(
            row["key"], row["name"], tuple(skills[key] for key in row["skills"])
        )
        for row in said["occupations"]
    }


def change(before: str, after: str) -> Change | None:
    """The way to `after`; `before` may be unknown. None when `after` is."""
    known = occupations()
    wanted, had = known.get(after), known.get(before)
    if wanted is None:
        return None
    own = had.skills if had else ()
    return Change(
        had,
        wanted,
        tuple(skill for skill in wanted.skills if skill in own),
        tuple(skill for skill in wanted.skills if skill not in own),
    )
