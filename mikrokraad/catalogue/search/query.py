"""What somebody means by the words of a search: for each, the tokens that would do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from tantivy import Occur, Query

from mikrokraad.catalogue.models import SearchWord
from mikrokraad.catalogue.search.index import EVERY, Group, Index, Word
from mikrokraad.catalogue.search.words import (
    LANGUAGES,
    cuts,
    fold,
    most_slips,
    slips,
    stem,
    telling,
    words_in,
)

SURE, GUESSED, BY_PARTS, ALIKE, BEGUN, BY_TAIL = 1.0, 0.8, 0.6, 0.5, 0.45, 0.4
SHORTEST_BEGINNING, SHORTEST_ROOT, LONG_ENOUGH_FOR_ENDINGS = 3, 4, 7
MOST_WORDS = 12


class Way(NamedTuple):
    """Tokens that must all be there, and how well they answer."""

    tokens: tuple[str, ...]
    weight: float


@dataclass
class Slot:
    """One word (or phrase) of a search. `instead` is the word taken for a mistyped one."""

    said: str
    ways: list[Way] = field(default_factory=list)
    instead: str = ""

    @property
    def tokens(self) -> set[str]:
        return {token for way in self.ways for token in way.tokens}


Rows = dict[str, list[tuple[str, list[str]]]]


def understood(text: str, index: Index) -> list[Slot]:
    """The words of a search. One query, however many words."""
    words = telling(list(words_in(text))[:MOST_WORDS])
    rows = _rows(words)
    slots = [Slot(word.casefold(), _ways(word.casefold(), rows)) for word in words]
    return [
        _with_help(slot, index, is_last=place == len(slots))
        for place, slot in enumerate(_with_synonyms(slots, index.groups), 1)
    ]


def _rows(words: Iterable[str]) -> Rows:
    """What is known of these words and of what they may be made of."""
    asked: set[str] = set()
    for word in words:
        bare = fold(word)
        asked |= {bare, *(part for cut in cuts(bare) for part in cut)}
    found: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    known = SearchWord.objects.filter(form__in=asked).order_by("-seen", "pk")
    for form, token, parts in known.values_list("form", "token", "parts"):
        found[form].append((token, parts.split()))
    return dict(found)


def _ways(word: str, rows: Rows) -> list[Way]:
    bare = fold(word)
    ways = [Way((token,), SURE) for token, _parts in rows.get(bare, [])]
    ways += [Way(tuple(parts), BY_PARTS) for _t, parts in rows.get(bare, []) if parts]
    ways += [Way((stem(word, one),), GUESSED) for one in LANGUAGES]
    if bare not in rows:
        ways += _cut_ways(bare, rows)
    return list({way.tokens: way for way in reversed(ways)}.values())[::-1]


def _cut_ways(word: str, rows: Rows) -> list[Way]:
    """The most even cut into two known words; at the worst, the second alone.

    In Estonian the last part says what the whole is: “rahvamuusika” is “muusika”.
    """
    known = [cut for cut in cuts(word) if cut[0] in rows and cut[1] in rows]
    known.sort(key=lambda cut: -min(len(cut[0]), len(cut[1])))
    tails = [Way((t,), BY_TAIL) for cut in known[:1] for t, _parts in rows[cut[1]]]
    return tails + [
        Way((head, tail), BY_PARTS)
        for cut in known[:1]
        for (head, _hp), (tail, _tp) in product(rows[cut[0]], rows[cut[1]])
    ]


# Words that mean the same ------------------------------------------------------------


def _with_synonyms(slots: list[Slot], groups: list[Group]) -> list[Slot]:
    """A phrase that staff know becomes one slot, with what else it is called."""
    done: list[Slot] = []
    at = 0
    while at < len(slots):
        length, others = _phrase_at(slots[at:], groups)
        if not length:
            done.append(slots[at])
            at += 1
            continue
        said = slots[at : at + length]
        ways = said[0].ways if length == 1 else _together(said)
        done.append(Slot(" ".join(slot.said for slot in said), [*ways, *others]))
        at += length
    return done


def _phrase_at(slots: list[Slot], groups: list[Group]) -> tuple[int, list[Way]]:
    """How many words the longest known phrase here has, and its other names."""
    longest = 0
    others: list[Way] = []
    for group in groups:
        for phrase in group:
            if len(phrase) < longest or not _begins(slots, phrase):
                continue
            if len(phrase) > longest:
                longest, others = len(phrase), []
            others += [
                Way(tuple(tokens[0] for tokens in other), ALIKE)
                for other in group
                if other != phrase
            ]
    return longest, others


def _begins(slots: list[Slot], phrase: list[list[str]]) -> bool:
    return len(phrase) <= len(slots) and all(
        any(way.tokens == (tokens[0],) and way.weight > BY_TAIL for way in slot.ways)
        for slot, tokens in zip(slots, phrase, strict=False)
    )


def _together(slots: list[Slot]) -> list[Way]:
    """Each way of each word with each of the others, the surest of them."""
    ways = [
        Way(
            tuple(token for way in combined for token in way.tokens),
            min(way.weight for way in combined),
        )
        for combined in product(*(slot.ways[:3] for slot in slots))
    ]
    return sorted(ways, key=lambda way: -way.weight)[:9]


# Words that nobody wrote -------------------------------------------------------------


def _with_help(slot: Slot, index: Index, *, is_last: bool) -> Slot:
    """A word that no programme has: what it may be the beginning of, or a slip for."""
    known = [way for way in slot.ways if _occurs(way, index)]
    if known:
        tails = [way for way in known if way.weight == BY_TAIL]
        return Slot(slot.said, [way for way in known if way not in tails] or tails)
    bare = fold(slot.said)
    begun = index.beginning(bare) if is_last and len(bare) >= SHORTEST_BEGINNING else []
    near = None if begun else nearest(bare, index.words)
    if near is not None:
        return Slot(
            slot.said, [Way((token,), SURE) for token in near.tokens], near.shown
        )
    begun = begun or _same_root(bare, index)
    return Slot(slot.said, [Way((word.tokens[0],), BEGUN) for word in begun])


def _occurs(way: Way, index: Index) -> bool:
    """Whether some programme has all of a way's tokens."""
    schema, searcher = index.texts.schema, index.searcher
    if len(way.tokens) == 1:
        return bool(searcher.doc_freq(EVERY, way.tokens[0]))
    terms = [
        (Occur.Must, Query.term_query(schema, EVERY, token)) for token in way.tokens
    ]
    return bool(searcher.search(Query.boolean_query(terms), 1).hits)


def _same_root(bare: str, index: Index) -> list[Word]:
    """Words that begin as this one does, for as long as possible: “tõlkija” for “tõlkimine”."""
    for length in range(len(bare) - 1, max(SHORTEST_ROOT, len(bare) // 2) - 1, -1):
        begun = index.beginning(bare[:length])
        if begun:
            return begun
    return []


def nearest(bare: str, words: Iterable[Word]) -> Word | None:
    """The word somebody meant: with the fewest slips, then the most usual one.

    A word of the catalogue may go on with an ending. The first letter is right.
    """
    most = most_slips(bare)
    if not most:
        return None
    best: tuple[int, int, Word] | None = None
    for word in words:
        if word.form[:1] != bare[:1] or len(word.form) < len(bare) - most:
            continue
        count = min(slips(bare, form, most) for form in _as_long(word.form, bare))
        if count <= most and (best is None or (count, -word.times) < best[:2]):
            best = (count, -word.times, word)
    return best[2] if best else None


def _as_long(form: str, bare: str) -> set[str]:
    if len(bare) < LONG_ENOUGH_FOR_ENDINGS:
        return {form}
    return {form, form[: len(bare)], form[: len(bare) + 1]}
