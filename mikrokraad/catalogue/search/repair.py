"""What an unknown word may stand for: a form of another, a slip, a compound. Pure."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol, TypeVar

from mikrokraad.catalogue.search.kin import relatives, without_case
from mikrokraad.catalogue.search.words import cuts, may_be_head, slips

LONG_ENOUGH_FOR_ENDINGS = 7


class Met(Protocol):
    """A word of the catalogue, as far as it matters here."""

    form: str
    times: int


T = TypeVar("T", bound=Met)


def inflected(bare: str) -> Iterator[str]:
    """Folded forms that an Estonian form may come from, and their families."""
    for root in without_case(bare):
        yield root
        yield from relatives(root, "et")


def cut_of(bare: str, known: Collection[str]) -> tuple[str, str] | tuple[()]:
    """The most even cut into two known words whose end may end a compound, if any."""
    found = [
        (first, head)
        for first, head in cuts(bare)
        if first in known and head in known and may_be_head(head)
    ]
    return max(found, key=lambda cut: min(len(cut[0]), len(cut[1])), default=())


def nearest(bare: str, words: Iterable[T], most: int) -> T | None:
    """The word somebody meant: with the fewest slips, then the most usual one.

    A word of the catalogue may go on with an ending. The first letter is right. Two
    letters only left away, or two slips for a synonym, make another word.
    """
    if not most:
        return None
    best: tuple[int, int, T] | None = None
    for word in words:
        if word.form[:1] != bare[:1] or len(word.form) < len(bare) - 1:
            continue
        forgiven = most if word.times else 1
        count = min(slips(bare, form, most) for form in _as_long(word.form, bare))
        if count <= forgiven and (best is None or (count, -word.times) < best[:2]):
            best = (count, -word.times, word)
    return best[2] if best else None


def _as_long(form: str, bare: str) -> set[str]:
    if len(bare) < LONG_ENOUGH_FOR_ENDINGS:
        return {form}
    return {form, form[: len(bare)], form[: len(bare) + 1]}
