"""The demonstration's own texts and facts, as they stand in `demo/data`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def read(name: str) -> Any:  # noqa: ANN401 -- whatever the file holds
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def programmes() -> list[dict[str, Any]]:
    """Every programme's texts, in the order of their addresses."""
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((DATA / "programmes").glob("*.json"))
    ]


def people() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("people.json")["people"]
    return found
