"""From what somebody writes to what is compared: words, folds, stems, typos. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

STEMMERS = {"et": "estonian", "en": "english"}
LANGUAGES = tuple(STEMMERS)
SHORTEST_STEM, SHORTEST_PART = 3, 3
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_JOINTS = re.compile(r"[-’']")
# Words of the language that say nothing, folded; then words that every programme has.
GRAMMAR_IN = {
    "et": "ja voi ning kui et on ei ole see seda need mis kes kus ma mina sa sina ta oma mu "
    "minu midagi keegi koik ka veel nii siis aga kuid ehk selle sellega jaoks kohta tahan "
    "tahaks soovin saada sooviksin",
    "en": "a an and or the of in on at to for from by with about as is are be it its i my "
    "me we our you your this that these those what which who how do does can want wants "
    "like something anything someone some any own into",
}
TRADE = (
    "kursus kursused kursusi programm programmid programmi ope oppe oppima oppida "
    "mikrokraad mikrokraadi mikrokraadid mikrokraadiprogramm mikrokraadiprogrammid learn "
    "learning study studies studying course courses programme programmes program programs"
)
GRAMMAR = {language: frozenset(words.split()) for language, words in GRAMMAR_IN.items()}
OF_THE_TRADE = frozenset(TRADE.split())


def fold(word: str) -> str:
    """Without marks and capitals: “Õigus” and “oigus” are one."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def words_in(text: str) -> Iterator[str]:
    """Words as written; of “well-being” its parts, and both as one word."""
    for found in _WORD.findall(unicodedata.normalize("NFKC", text)):
        if found.isalnum():
            yield found
            continue
        parts = [part for part in _JOINTS.split(found) if part]
        if "-" in found:
            yield "".join(parts)
        yield from parts if "-" in found else parts[:1]


def is_grammar(word: str, language: str | None = None) -> bool:
    """Whether a word says nothing; without a language, in any. IT is not “it”."""
    if len(word) > 1 and word.isupper():
        return False
    languages = [language] if language else LANGUAGES
    bare = fold(word)
    return any(bare in GRAMMAR[one] for one in languages)


def telling(words: list[str]) -> list[str]:
    """The words of a search that say what is looked for; all, if none does."""
    meant = [word for word in words if not is_grammar(word)]
    said = [word for word in meant if fold(word) not in OF_THE_TRADE]
    return said or meant or words


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Snowball's stem of a stem of a stem, until it stays; folded."""
    stemmer = snowballstemmer.stemmer(STEMMERS[language])
    while len(shorter := stemmer.stemWord(word)) >= SHORTEST_STEM and shorter != word:
        word = shorter
    return fold(word)


def cuts(word: str) -> list[tuple[str, str]]:
    """Each way to cut a compound in two."""
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return [(word[:place], word[place:]) for place in places]


def most_slips(word: str) -> int:
    """How many slips of the finger are forgiven in a word of this length."""
    return 0 if len(word) < 5 else 1 if len(word) < 8 else 2  # noqa: PLR2004 -- the rule itself


def slips(one: str, other: str, most: int) -> int:
    """Letters left out, put in, changed or swapped; `most` + 1 when there are more.

    Source: Damerau-Levenshtein distance, optimal string alignment.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        row = [place]
        for at, against in enumerate(other, 1):
            changed = last[at - 1] + (letter != against)
            cheapest = min(changed, last[at] + 1, row[-1] + 1)
            if place > 1 and at > 1 and letter + one[place - 2] == other[at - 2 : at]:
                cheapest = min(cheapest, before[at - 2] + 1)
            row.append(cheapest)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
