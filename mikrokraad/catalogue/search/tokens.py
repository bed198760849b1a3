"""What the index keeps of a text: tokens of its words, by what is known of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mikrokraad.catalogue.search.words import fold, is_grammar, stem, words_in

# (language, folded form) -> its tokens, each with those of its parts
Known = Mapping[tuple[str, str], list[tuple[str, list[str]]]]


class Reader:
    """Turns texts into tokens, and keeps what it met: for typing slips, and to learn."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.unknown: defaultdict[str, set[str]] = defaultdict(set)
        self.met: dict[str, str] = {}
        self.times: defaultdict[str, int] = defaultdict(int)
        self._tokens: dict[tuple[str, str], list[str]] = {}

    def tokens(self, text: str, language: str) -> list[str]:
        """Tokens of every word that says something, parts of compounds after it."""
        found: list[str] = []
        for word in words_in(text):
            if not is_grammar(word, language):
                found += self._of_word(word, language)
        return found

    def tokens_of_word(self, word: str, language: str) -> list[str]:
        """The same for one word, without counting it."""
        known = self.known.get((language, fold(word)))
        if known is None:
            self.unknown[language].add(word)
            return [stem(word, language)]
        return list(
            dict.fromkeys(one for token, parts in known for one in (token, *parts))
        )

    def _of_word(self, word: str, language: str) -> list[str]:
        word = word.casefold()
        key = (language, word)
        if key not in self._tokens:
            self._tokens[key] = self.tokens_of_word(word, language)
            self.met.setdefault(fold(word), word)
        self.times[fold(word)] += 1
        return self._tokens[key]

    def vocabulary(self) -> list[tuple[str, str, int, list[str]]]:
        """Folded form, as written, how often, tokens; in order."""
        tokens: defaultdict[str, list[str]] = defaultdict(list)
        for (_language, word), found in self._tokens.items():
            tokens[fold(word)] += found
        return [
            (form, self.met[form], self.times[form], list(dict.fromkeys(tokens[form])))
            for form in sorted(self.met)
        ]


def known_from(rows: Iterable[tuple[str, str, str, str]]) -> Known:
    """From rows of language, form, token and parts."""
    known: defaultdict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for language, form, token, parts in rows:
        known[language, form].append((token, parts.split()))
    return dict(known)
