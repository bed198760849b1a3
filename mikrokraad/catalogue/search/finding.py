"""Programmes that somebody looks for: how many, in which order, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice, pairwise, product
from operator import or_
from typing import NamedTuple, cast
from uuid import UUID

from tantivy import Occur, Query

from mikrokraad.catalogue.filters import YES, Wanted
from mikrokraad.catalogue.search.index import EVERY, Index, near
from mikrokraad.catalogue.search.masks import mask_of, places_of
from mikrokraad.catalogue.search.query import GUESSED, Slot, Way, present, understood
from mikrokraad.catalogue.search.sheets import Fit, Moment
from mikrokraad.core.texts import Text

WEIGHTS = {
    "title": 6.0,
    "courses": 3.0,
    "outcomes": 2.5,
    "field": 2.5,
    "kind": 2.5,
    "how": 5.0,
    "lead": 2.0,
    "content": 1.0,
}
TIE = 0.3  # how much of a word's other places counts beside the best one
TOGETHER = 1.0  # how much it counts that two words stand near one another
WEAKLY = 0.3  # how much a weak word counts, and words that stand apart
USUAL = 0.4  # a word that more of all programmes have says nothing alone
KEPT = 64  # searches whose answers this process remembers
MOST_REASONS = 2
FEW = 2


class Reason(NamedTuple):
    """Where the words stand: courses, outcomes, field or lead; and the text itself."""

    part: str
    text: Text


@dataclass(frozen=True)
class Hit:
    place: int
    run: UUID
    reasons: list[Reason]


@dataclass(frozen=True)
class Matches:
    """What words found: the programmes as a set and by how well they answer."""

    slots: list[Slot]
    mask: int
    order: list[int]
    whole: int  # so many of the first have every word that some programme has

    @property
    def missing(self) -> list[Slot]:
        return [slot for slot in self.slots if not slot.ways and not slot.weak]


class Found:
    """The answer to one wish."""

    def __init__(
        self, index: Index, want: Wanted, now: Moment, *, language: str
    ) -> None:
        self.index, self.want, self.language = index, want, language
        self.matches = matches(want.q, index, language) if want.q else None
        mask = self.matches.mask if self.matches else None
        self.fit = Fit(index.shelf, want, now, mask)
        self._standings = self.fit.standings()

    @property
    def count(self) -> int:
        return self.fit.count

    @property
    def instead(self) -> list[tuple[str, str]]:
        """Words that nobody wrote, and what was looked for instead."""
        slots = self.matches.slots if self.matches else []
        return [(slot.said, slot.instead) for slot in slots if slot.instead]

    @property
    def missing(self) -> list[str]:
        """Words that no programme has, nor anything like them."""
        return [slot.said for slot in self.matches.missing] if self.matches else []

    def count_without(self, name: str) -> int:
        """How many there would be without one filter, or without the words (“q”)."""
        if name != "q":
            return self.fit.count_without(name)
        return Fit(self.index.shelf, self.want, self.fit.now).count

    def hits(self, start: int, most: int) -> list[Hit]:
        places = islice(self._ordered(), start, start + most)
        return [Hit(place, self._run(place), self._reasons(place)) for place in places]

    def by_field(self, most: int) -> list[UUID]:
        """Runs of programmes of different fields, in turn."""
        fields = self.index.shelf.options("field")
        left = self.fit.programmes
        turns: list[Iterator[int]] = []
        for one in fields:
            of_field = left & reduce(
                or_,
                (sheet.choice("field", one) for sheet in self.index.shelf.sheets),
                0,
            )
            left &= ~of_field
            turns.append(self._alphabetical(of_field))
        turns.append(self._alphabetical(left))
        return [self._run(place) for place in _in_turn(turns, most)]

    # The order ------------------------------------------------------------------------

    def _ordered(self) -> Iterator[int]:
        """By how well they answer; without words, open ones first, then the alphabet."""
        fits = self.fit.programmes
        if self.matches is not None:
            marks = bin(fits)[:1:-1]
            size = len(marks)
            yield from (p for p in self.matches.order if p < size and marks[p] == "1")
            return
        taken = 0
        for turn in range(3):
            group = reduce(or_, (sheet[turn] for sheet in self._standings), 0) & ~taken
            taken |= group
            yield from self._alphabetical(group)

    def _alphabetical(self, mask: int) -> Iterator[int]:
        if self.language == "et":
            return places_of(mask)
        marks = bin(mask)[:1:-1]
        size = len(marks)
        return (p for p in self.index.shelf.english if p < size and marks[p] == "1")

    def _run(self, place: int) -> UUID:
        """The run that matters most: open, else not open yet, else the latest over."""
        bit = 1 << place
        sheets = self.index.shelf.sheets
        for turn in range(2):
            for sheet, standing in zip(sheets, self._standings, strict=True):
                if standing[turn] & bit:
                    return sheet.runs[place]
        return next(
            sheet.runs[place]
            for sheet, standing in reversed(
                list(zip(sheets, self._standings, strict=True))
            )
            if standing[2] & bit
        )

    def _reasons(self, place: int) -> list[Reason]:
        """Nothing where the title says it all."""
        if self.matches is None:
            return []
        open_slots = needed(self.matches.slots)
        parts = self.index.explained(place)
        titles = [said for part, _text, said in parts if part == "title"]
        for said in titles:
            open_slots = [one for one in open_slots if not one.is_answered_by(said)]
        found = []
        for part, text, said in parts:
            answered = [one for one in open_slots if one.is_answered_by(said)]
            if answered and part != "title":
                found.append(Reason(part, text))
                open_slots = [one for one in open_slots if one not in answered]
        return found[:MOST_REASONS]


def _in_turn(turns: Iterable[Iterator[int]], most: int) -> list[int]:
    taken: list[int] = []
    waiting = list(turns)
    while waiting and len(taken) < most:
        row = [(one, next(one, None)) for one in waiting]
        taken += [place for _one, place in row if place is not None]
        waiting = [one for one, place in row if place is not None]
    return taken[:most]


# Words ---------------------------------------------------------------------------------


def matches(text: str, index: Index, language: str) -> Matches:
    """Programmes that have every word; if there is none, those with most of the words."""
    key = f"{language} {text}"
    known = index.found.get(key)
    if known is None:
        slots = understood(text, index, language)
        known = _matched(slots, index)
        index.found[key] = known
        while len(index.found) > KEPT:
            index.found.popitem(last=False)
    assert isinstance(known, Matches)
    return known


def needed(slots: list[Slot]) -> list[Slot]:
    """The words that say what is looked for; weak ones only if there are no others."""
    strong = [slot for slot in slots if not slot.weak]
    return [slot for slot in strong or slots if slot.ways]


def _matched(slots: list[Slot], index: Index) -> Matches:
    """Those with every word come first; if they are few, others with most words follow.

    When a word is unknown and the others are in most programmes, nothing is found: that
    would be no answer.
    """
    usable = needed(slots)
    unknown = sum(not slot.ways and not slot.weak for slot in slots)
    if unknown and all(_is_usual(slot, index) for slot in usable):
        usable = []
    order: dict[int, None] = {}
    whole = 0
    for enough in range(len(usable), 0, -1):
        order.update(dict.fromkeys(_searched(usable, slots, enough, index)))
        if enough == len(usable):
            whole = len(order)
        if len(order) >= FEW or (order and enough <= (len(usable) + 1) // 2):
            break
    return Matches(slots, mask_of(order, index.shelf.size), list(order), whole)


def _is_usual(slot: Slot, index: Index) -> bool:
    """Whether so many programmes have a word that it alone tells nothing."""
    having = [
        index.searcher.doc_freq(EVERY, way.tokens[0])
        for way in slot.ways
        if len(way.tokens) == 1
    ]
    return max(having, default=0) > USUAL * index.shelf.size


def _searched(
    usable: list[Slot], slots: list[Slot], enough: int, index: Index
) -> list[int]:
    """Places, the best answers first; equal ones by the alphabet."""
    there = Query.boolean_query(
        [(Occur.Should, _present(slot, index)) for slot in usable], enough
    )
    ranked = [(Occur.Should, _ranked(slot, index)) for slot in slots if slot.ways]
    query = Query.boolean_query(
        [
            (Occur.Must, Query.const_score_query(there, 0.0)),
            *ranked,
            *[(Occur.Should, one) for one in _side_by_side(usable, index)],
        ]
    )
    hits = index.searcher.search(query, max(1, index.shelf.size), count=False).hits
    addresses = [address for _score, address in hits]
    places = cast("list[int]", index.searcher.fast_field_values("place", addresses))
    worst = [-round(score, 4) for score, _address in hits]
    return [place for _score, place in sorted(zip(worst, places, strict=True))]


def _side_by_side(slots: list[Slot], index: Index) -> Iterator[Query]:
    """More for words that stand near one another, as somebody typed them."""
    for one, other in pairwise(slots):
        for first, second in product(_sure(one), _sure(other)):
            yield Query.boost_query(near(index, (first, second)), TOGETHER)


def _sure(slot: Slot) -> list[str]:
    return [
        w.tokens[0] for w in slot.ways if len(w.tokens) == 1 and w.weight >= GUESSED
    ]


def _present(slot: Slot, index: Index) -> Query:
    return Query.boolean_query([(Occur.Should, present(w, index)) for w in slot.ways])


def _ranked(slot: Slot, index: Index) -> Query:
    """By the best of its ways; the others add a little."""
    share = WEAKLY if slot.weak else 1.0
    ways = [
        Query.boost_query(query, share * weight)
        for way in slot.ways
        for query, weight in _weighed(way, index)
    ]
    return Query.disjunction_max_query(ways, TIE)


def _weighed(way: Way, index: Index) -> Iterator[tuple[Query, float]]:
    """Tokens that must be near one another count less when they are not."""
    words = [(Occur.Should, _best_place(token, index)) for token in way.tokens]
    weight = way.weight / len(way.tokens)
    if len(words) == 1:
        yield words[0][1], weight
        return
    close = Query.const_score_query(near(index, way.tokens), 0.0)
    yield Query.boolean_query([(Occur.Must, close), *words]), weight
    if way.apart:
        yield Query.boolean_query(words), weight * WEAKLY


def _best_place(token: str, index: Index) -> Query:
    places = [
        Query.boost_query(Query.term_query(index.texts.schema, name, token), weight)
        for name, weight in WEIGHTS.items()
    ]
    return Query.disjunction_max_query(places, TIE)


OPEN = Wanted(chosen={"open": YES})
