"""What the index keeps of a text: tokens of its words, by what is known of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mikrokraad.catalogue.search.words import (
    fold,
    is_grammar,
    mended_lists,
    stem,
    words_in,
)

# (language, folded form) -> its tokens, each with those of its parts
Known = Mapping[tuple[str, str], list[tuple[str, list[str]]]]
LIKE_ITS_HEAD = 4  # letters that a part and its token share
Meaning = Callable[[str, str], tuple[str, list[str]]]  # of a word in a language


@dataclass(slots=True)
class Met:
    """A word of the catalogue as it is written: its tokens, none if it says nothing."""

    tokens: list[str]
    times: int = 0


class Reader:
    """Turns texts into tokens, and keeps what it met: for typing slips, and to learn.

    `meaning` is asked of a word that is not known, if there is a dictionary to ask;
    else its stem must do.
    """

    def __init__(self, known: Known, meaning: Meaning | None = None) -> None:
        self.known = known
        self.meaning = meaning
        self.unknown: defaultdict[str, set[str]] = defaultdict(set)
        self._met: dict[tuple[str, str], Met] = {}

    def tokens(self, text: str, language: str) -> list[str]:
        """Tokens of every word that says something, parts of compounds after it."""
        found: list[str] = []
        if language == "et":
            text = mended_lists(text, self._head_of)
        for word in words_in(text):
            met = self._met.get((language, word)) or self._meet(word, language)
            met.times += 1
            found += met.tokens
        return found

    def _head_of(self, compound: str) -> str:
        """The last part of a compound as it is written, as far as that is known."""
        bare = fold(compound)
        known = self.known.get(("et", bare))
        if known is None and self.meaning is not None:
            known = [self.meaning(compound.casefold(), "et")]
        heads = [parts[-1] for _token, parts in known or () if parts]
        place = max((bare.rfind(head[:LIKE_ITS_HEAD]) for head in heads), default=-1)
        return compound[place:] if place > 0 else ""

    def tokens_of_word(self, word: str, language: str) -> list[str]:
        """The same for one word, without counting it."""
        known = self.known.get((language, fold(word)))
        if known is None:
            self.unknown[language].add(word)
            if self.meaning is None:
                return [stem(word, language)]
            known = [self.meaning(word, language)]
        return list(
            dict.fromkeys(one for token, parts in known for one in (token, *parts))
        )

    def tokens_of_synonym(self, word: str, language: str) -> list[str]:
        """The same for a word that staff know, which then can be mistyped as well."""
        met = self._met.get((language, word)) or self._meet(word, language)
        return met.tokens

    def _meet(self, word: str, language: str) -> Met:
        """A word as it is written, met for the first time."""
        told = not is_grammar(word, language)
        tokens = self.tokens_of_word(word.casefold(), language) if told else []
        return self._met.setdefault((language, word), Met(tokens))

    def vocabulary(self) -> list[tuple[str, str, int, list[str]]]:
        """Folded form, as written, how often, tokens; in order."""
        shown: dict[str, str] = {}
        times: defaultdict[str, int] = defaultdict(int)
        tokens: defaultdict[str, list[str]] = defaultdict(list)
        for (_language, word), met in self._met.items():
            if met.tokens:
                form = fold(word)
                shown.setdefault(form, word.casefold())
                times[form] += met.times
                tokens[form] += met.tokens
        return [
            (form, shown[form], times[form], list(dict.fromkeys(tokens[form])))
            for form in sorted(shown)
        ]


def known_from(rows: Iterable[tuple[str, str, str, str]]) -> Known:
    """From rows of language, form, token and parts."""
    known: defaultdict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for language, form, token, parts in rows:
        known[language, form].append((token, parts.split()))
    return dict(known)
