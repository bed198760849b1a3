"""What the dictionary says of words. Only the worker loads it: some 35 MB, 1.5 s.

Source: simplemma 2.0 (MIT), whose Estonian and English lists come from Wiktionary,
UniMorph and the Universal Dependencies treebanks; their licences are in the package.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, cast

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory, frontcode
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamMap

from mikrokraad.catalogue.search.words import cuts, fold, may_be_head, stem

SHORTEST_COMPOUND, SHORTEST_FIRST_OF_KNOWN = 7, 4
SHORTEST_WORD = 3
LONGEST = 80


class Meaning(NamedTuple):
    """A form of a word as search keeps it: folded, with its token and its parts'."""

    language: str
    form: str
    token: str
    parts: str
    seen: bool


@cache
def _factory() -> StreamDictionaryFactory:
    return StreamDictionaryFactory()


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(
        lemmatization_strategy=DefaultStrategy(dictionary_factory=_factory())
    )


def _entries(language: str) -> StreamMap:
    return cast(StreamMap, _factory().get_dictionary(language))


def lemma_of(word: str, language: str) -> str:
    """The dictionary form. Two letters are an abbreviation: AI is no form of “be”."""
    if len(word) < SHORTEST_WORD:
        return word
    return str(_lemmatizer().lemmatize(word, language)).casefold()


def token_of(word: str, language: str) -> str:
    """The stem of the dictionary form."""
    return stem(lemma_of(word, language), language)


def parts_of(word: str, language: str) -> list[str]:
    """The words an Estonian compound is made of, as they stand in it."""
    return _parts(word, language, deep=2) if language == "et" else []


def _parts(word: str, language: str, *, deep: int) -> list[str]:
    """The most even cut into words of the dictionary; else one whose tail has parts."""
    entries = _entries(language)
    if len(word) < SHORTEST_COMPOUND or not deep:
        return []
    shortest = SHORTEST_FIRST_OF_KNOWN if entries.get(word) else 3
    even = sorted(cuts(word), key=lambda cut: -min(len(cut[0]), len(cut[1])))
    able = [
        (head, tail)
        for head, tail in even
        if len(head) >= shortest and _stands_first(head, entries)
    ]
    for head, tail in able:
        if may_be_head(tail) and entries.get(tail):
            return [head, tail]
    deeper = ((head, _parts(tail, language, deep=deep - 1)) for head, tail in able)
    return next(([head, *tails] for head, tails in deeper if tails), [])


def _stands_first(head: str, entries: StreamMap) -> bool:
    """A word, or a genitive: with -d it is the nominative plural."""
    return bool(entries.get(head) or entries.get(f"{head}d"))


def meaning_of(word: str, language: str) -> tuple[str, list[str]]:
    """The token of a word, and those of its parts, as they will be kept."""
    parts = [stem(one, language) for one in _part_lemmas(word, language)]
    return token_of(word, language)[:LONGEST], parts


def meanings(words: Iterable[str], language: str) -> list[Meaning]:
    """What is to be kept of words of the catalogue: of all their forms, too."""
    found: dict[tuple[str, str], Meaning] = {}
    lemmas: dict[str, tuple[str, str]] = {}
    for word in words:
        lemma, stands_of = lemma_of(word, language), _part_lemmas(word, language)
        lemmas |= {
            one: (stem(one, language), "") for one in stands_of if one not in lemmas
        }
        tokens = " ".join(stem(one, language) for one in stands_of)[: 2 * LONGEST]
        token = stem(lemma, language)
        lemmas[lemma] = token, tokens
        seen = Meaning(
            language, fold(word)[:LONGEST], token[:LONGEST], tokens, seen=True
        )
        found[seen.form, seen.token] = seen
    for form, lemma in _forms(set(lemmas), language):
        token, parts = lemmas[lemma]
        other = Meaning(
            language, fold(form)[:LONGEST], token[:LONGEST], parts, seen=False
        )
        found.setdefault((other.form, other.token), other)
    return list(found.values())


def _part_lemmas(word: str, language: str) -> list[str]:
    """The dictionary forms of a compound's parts. The first ones may be genitives."""
    *heads, tail = parts_of(word, language) or [""]
    entries = _entries(language)
    known = [head if entries.get(head) else f"{head}d" for head in heads]
    return [lemma_of(part, language) for part in [*known, tail] if part]


def _forms(lemmas: set[str], language: str) -> Iterator[tuple[str, str]]:
    """Every form of these dictionary forms: one pass over the packed dictionary.

    The library reads it word by word only, which would take minutes; its records
    are read as it does itself. `test_search_words` holds this to what it answers.
    """
    entries = _entries(language)
    turn = -1 if entries._rev else 1  # noqa: SLF001 -- see above
    wanted = {lemma.encode()[::turn]: lemma for lemma in lemmas}
    records = frontcode._iter_records(entries._data, entries._pos)  # noqa: SLF001
    for _start, form, lemma in records:
        if lemma in wanted:
            yield form[::turn].decode(), wanted[lemma]
