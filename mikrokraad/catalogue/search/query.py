"""What somebody means by the words of a search: for each, the tokens that would do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from tantivy import Query

from mikrokraad.catalogue.models import SearchWord
from mikrokraad.catalogue.search.index import EVERY, Index, near
from mikrokraad.catalogue.search.kin import relatives
from mikrokraad.catalogue.search.repair import cut_of, inflected, nearest
from mikrokraad.catalogue.search.words import (
    LANGUAGES,
    cuts,
    fold,
    is_weak,
    joined_or_parted,
    most_slips,
    stem,
    telling,
    words_in,
)

SURE, GUESSED, KIN, ALIKE, BY_PARTS, BEGUN = 1.0, 0.8, 0.55, 0.5, 0.5, 0.45
BY_HEAD, BY_FIRST = 0.3, 0.15  # of an unknown compound, the last part and the first
SHORTEST_BEGINNING, MOST_OF_IT = 4, 0.5
MOST_WORDS, MOST_WAYS = 12, 9
ABBREVIATED = 2  # letters: AI is no form of “be”


class Way(NamedTuple):
    """Tokens that must all be there, near one another, and how well they answer.

    `apart`: words that somebody typed may also stand far apart, and count less then.
    """

    tokens: tuple[str, ...]
    weight: float
    apart: bool = False


@dataclass
class Slot:
    """One word (or phrase) of a search. `instead` is the word taken for a mistyped one.

    A `weak` one helps to choose, but nothing needs to have it.
    """

    said: str
    ways: list[Way] = field(default_factory=list)
    instead: str = ""
    weak: bool = False

    def is_answered_by(self, tokens: set[str]) -> bool:
        return any(tokens.issuperset(way.tokens) for way in self.ways)


Rows = dict[str, list[tuple[str, list[str]]]]


def understood(text: str, index: Index, language: str) -> list[Slot]:
    """The words of a search, on a page in `language`.

    One query, however many words; one more if some of them had to be guessed.
    """
    every = list(words_in(text))[: 2 * MOST_WORDS]
    rows = _rows(every)
    known = rows.keys() | index.vocabulary.keys()
    words = telling(list(joined_or_parted(text, known))[:MOST_WORDS], language)
    slots = [_slot(word, rows, index, language) for word in words]
    _repair(slots, rows, index)
    slots = _with_synonyms(slots, index)
    for slot in slots:
        slot.ways = [way for way in slot.ways if _occurs(way, index)]
        slot.instead = slot.instead if slot.ways else ""
    return slots


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


def _slot(word: str, rows: Rows, index: Index, language: str) -> Slot:
    said, bare = word.casefold(), fold(word)
    known = [
        row for row in rows.get(bare, []) if len(bare) > ABBREVIATED or row[0] == bare
    ]
    ways = [Way((token,), SURE) for token, _parts in known]
    ways += [Way(tuple(parts), BY_PARTS) for _token, parts in known if parts]
    ways += _of_parts(bare, rows, index) if not known else []
    ways += [Way((stem(said, one),), GUESSED) for one in LANGUAGES]
    for one in LANGUAGES:
        ways += _of_forms(relatives(bare, one), index, KIN)
    return Slot(said, _once(ways), weak=is_weak(word, language))


def _once(ways: Iterable[Way]) -> list[Way]:
    """Each way once, with its best weight."""
    best: dict[tuple[str, ...], Way] = {}
    for way in ways:
        if way.tokens not in best or best[way.tokens].weight < way.weight:
            best[way.tokens] = way
    return list(best.values())


def _of_forms(forms: Iterable[str], index: Index, weight: float) -> list[Way]:
    """Those of these forms that the catalogue or a synonym has."""
    words = (index.vocabulary.get(form) for form in forms)
    return [Way((word.tokens[0],), weight) for word in words if word]


# Words that nobody wrote -------------------------------------------------------------


def _repair(slots: list[Slot], rows: Rows, index: Index) -> None:
    """For a word that nobody knows: what it is a form of, a slip for, made of, or begins."""
    unknown = [slot for slot in slots if not _is_known(slot, index)]
    for slot in unknown:
        slot.ways += _of_forms(inflected(fold(slot.said)), index, GUESSED)
    lost = [slot for slot in unknown if not _is_known(slot, index)]
    for slot in lost:
        if not (_mended(slot, index, most=1) or _parted(slot, rows)):
            found = _mended(slot, index, most=2)
            if not found and slot is slots[-1]:
                slot.ways += _begun(fold(slot.said), index)
    mended = _rows(slot.instead for slot in lost if slot.instead) if lost else {}
    for slot in lost:
        ways = [Way((token,), SURE) for token, _p in mended.get(fold(slot.instead), [])]
        slot.ways = _once([*slot.ways, *ways])


def _is_known(slot: Slot, index: Index) -> bool:
    """Whether a programme has one of its tokens, or a synonym does."""
    tokens = [way.tokens[0] for way in slot.ways if len(way.tokens) == 1]
    return any(
        token in index.phrases or index.searcher.doc_freq(EVERY, token)
        for token in tokens
    )


def _mended(slot: Slot, index: Index, *, most: int) -> bool:
    bare = fold(slot.said)
    word = nearest(bare, index.words, min(most, most_slips(bare)))
    if word:
        slot.instead = word.shown
        slot.ways.append(Way((word.tokens[0],), SURE))
    return word is not None


def _of_parts(bare: str, rows: Rows, index: Index) -> list[Way]:
    """A compound's parts, next to each other."""
    cut = cut_of(bare, rows)
    if not cut:
        return []
    first, head = ([token for token, _parts in rows[part]] for part in cut)
    head += [way.tokens[0] for way in _of_forms(relatives(cut[1], "et"), index, KIN)]
    return [Way(pair, BY_PARTS) for pair in product(first, head)]


def _parted(slot: Slot, rows: Rows) -> bool:
    """An unknown compound: its parts, weakly. The last one says what the whole is."""
    cut = cut_of(fold(slot.said), rows)
    if not cut:
        return False
    first, head = ([token for token, _parts in rows[part]] for part in cut)
    slot.ways += [Way((token,), BY_HEAD) for token in head]
    slot.ways += [Way((token,), BY_FIRST) for token in first]
    place = len(cut[0])
    slot.instead = f"{slot.said[:place]} + {slot.said[place:]}"
    return True


def _begun(bare: str, index: Index) -> list[Way]:
    """Words that go on from here, if most of them is typed."""
    if len(bare) < SHORTEST_BEGINNING:
        return []
    return [
        Way((word.tokens[0],), BEGUN)
        for word in index.beginning(bare)
        if len(bare) >= MOST_OF_IT * len(word.form)
    ]


# Words that mean the same ------------------------------------------------------------


def _with_synonyms(slots: list[Slot], index: Index) -> list[Slot]:
    """A phrase that staff know becomes one slot, with what else it is called."""
    done: list[Slot] = []
    at = 0
    while at < len(slots):
        length, others = _phrase_at(slots[at:], index)
        if not length:
            done.append(slots[at])
            at += 1
            continue
        done.append(_as_one(slots[at : at + length], others))
        at += length
    return done


def _as_one(said: list[Slot], others: list[Way]) -> Slot:
    ways = said[0].ways if len(said) == 1 else _together(said)
    instead = [slot.instead or slot.said for slot in said]
    return Slot(
        " ".join(slot.said for slot in said),
        _once([*ways, *others]),
        " ".join(instead) if any(slot.instead for slot in said) else "",
        weak=len(said) == 1 and said[0].weak,
    )


def _phrase_at(slots: list[Slot], index: Index) -> tuple[int, list[Way]]:
    """How many words the longest known phrase here has, and its other names."""
    longest = 0
    others: list[Way] = []
    for first in (way.tokens for way in slots[0].ways):
        for phrase, group in index.phrases.get(first[0], []) if len(first) == 1 else []:
            sure = _sureness(slots, phrase)
            if not sure or len(phrase) < longest:
                continue
            if len(phrase) > longest:
                longest, others = len(phrase), []
            others += [
                Way(tuple(tokens[0] for tokens in other), ALIKE * sure)
                for other in index.groups[group]
                if other != phrase
            ]
    return longest, others


def _sureness(slots: list[Slot], phrase: list[list[str]]) -> float:
    """How surely these words begin with that phrase: 1 to 0, not at all."""
    if len(phrase) > len(slots):
        return 0
    sure = 1.0
    for slot, tokens in zip(slots, phrase, strict=False):
        weights = [way.weight for way in slot.ways if way.tokens == (tokens[0],)]
        sure = min(sure, max(weights, default=0))
    return 1 if sure >= GUESSED else sure


def _together(slots: list[Slot]) -> list[Way]:
    """Each way of each word with each of the others, the surest of them."""
    ways = [
        Way(
            tuple(token for way in combined for token in way.tokens),
            min(way.weight for way in combined),
            apart=True,
        )
        for combined in product(*(slot.ways[:3] for slot in slots))
    ]
    return sorted(ways, key=lambda way: -way.weight)[:MOST_WAYS]


def _occurs(way: Way, index: Index) -> bool:
    """Whether some programme has all of a way's tokens."""
    if not all(index.searcher.doc_freq(EVERY, token) for token in way.tokens):
        return False
    return len(way.tokens) == 1 or bool(
        index.searcher.search(present(way, index), 1).hits
    )


def present(way: Way, index: Index) -> Query:
    """The programmes that have a way's tokens, near one another."""
    return near(index, way.tokens, apart=way.apart)
