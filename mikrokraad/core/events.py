"""How a lower room tells the rooms above it that something has happened.

Calls go down, events go up. The list of who reacts to what is one page:
`mikrokraad/config/wiring.py`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_reactions: defaultdict[type, list[Callable[[Any], object]]] = defaultdict(list)


def when(event: type[E], *reactions: Callable[[E], object]) -> None:
    """Run `reactions`, in this order, each time an `event` is published."""
    _reactions[event].extend(reactions)


def publish(event: object) -> None:
    """Run every reaction now, inside the caller's transaction.

    All or nothing: if a reaction raises, the step that published is undone too.
    """
    for react in _reactions[type(event)]:
        react(event)
