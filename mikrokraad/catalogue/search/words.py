"""From what somebody writes to what is compared: words, folds, stems, typos. Pure."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

STEMMERS = {"et": "estonian", "en": "english"}
LANGUAGES = tuple(STEMMERS)
SHORTEST_STEM, SHORTEST_PART, SHORTEST_HEAD = 3, 3, 4
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_JOINTS = re.compile(r"[-’']")
# Words of the language that say nothing, folded.
GRAMMAR_IN = {
    "et": "ja voi ning kui et on ei ole see seda need mis kes kus ma mina sa sina ta mu "
    "minu midagi keegi koik ka veel nii siis aga kuid ehk selle sellega jaoks kohta tahan "
    "tahaks tahaksin soovin saada saan saaks sooviksin kuidas moni mone kuhu kust miks "
    "milline millised palju voiks voiksin voin peaks peaksin pean mulle mind mul minust "
    "meie teie olen oleks olla tulla kas mida millest vaja vajan otsin leida hakata saama",
    "en": "a an and or the of in on at to for from by with about as is are be it its i my "
    "me we our you your this that these those what which who how do does can want wants "
    "like something anything someone some any into become becoming get getting would "
    "could should will need needs where when why am im id there find looking look if so "
    "us they their want wanna go",
}
# Words that every programme could have, or that say only that something is done: they
# help to choose, but alone they answer nothing.
_WEAK = (
    "kursus kursused kursusi kursusele programm programmid programmi ope oppe oppima oppida "
    "opin opiksin opingud opet mikrokraad mikrokraadi mikrokraadid mikrokraadiprogramm "
    "mikrokraadiprogrammid eriala erialad koolitus koolitused tegema teha tegemine looma "
    "luua loomine korraldama korraldamine korraldada alused algajale algajatele algaja "
    "tund tunnid test testid too tood tool tookoht amet elukutse karjaar oskus oskused "
    "uus uued hea oma parem kasutama kasutamine kasutada ost ostmine osta ala asi asjad "
    "learn learning study studies studying course courses programme programmes program "
    "programs class classes lesson lessons training basics beginner beginners introduction "
    "intro make making create creating do doing work working job jobs career careers skill "
    "skills test tests testing use using new good best better own degree start started "
    "starting write writing"
)
_HANGING = "d t i u s is l il le ile lt ilt st ist ga iga ks iks na ta de"
WORDS_OF_ESTONIAN = frozenset({"it"})  # though they say nothing in English
# The only words of two or three letters that end compounds, folded.
_SHORT_HEADS = "ode too tood toos aed oed ari arid ope oppe abi maa elu ilm ilu"
WEAK = frozenset(_WEAK.split())
HANGING = frozenset(_HANGING.split())
SHORT_HEADS = frozenset(_SHORT_HEADS.split())
# Ends of Estonian words that are words of the dictionary, too, but never the last
# part of a compound.
_SUFFIXES = (
    "mine mise mist mata dus duse dust sus suse sust tus tuse tust vus lus ndus nduse "
    "lane lase line lise list taja daja ndaja jate nik niku kond konna stik loog lik lised "
    "ised ising ikud"
)
SUFFIXES = frozenset(_SUFFIXES.split())
GRAMMAR = {language: frozenset(words.split()) for language, words in GRAMMAR_IN.items()}


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


def is_grammar(word: str, language: str) -> bool:
    """Whether a word says nothing. IT is not “it”, and in Estonian no “it” is."""
    if len(word) > 1 and word.isupper():
        return False
    return fold(word) in GRAMMAR[language]


def is_weak(word: str, language: str) -> bool:
    """Whether a word says too little alone: of every programme, or of another language."""
    if len(word) > 1 and word.isupper():
        return False
    bare = fold(word)
    others = (GRAMMAR[one] for one in LANGUAGES if one != language)
    return bare in WEAK or (
        bare not in WORDS_OF_ESTONIAN and any(bare in one for one in others)
    )


def telling(words: list[str], language: str) -> list[str]:
    """The words of a search that say something in the language of the page, or all."""
    said = [word for word in words if not is_grammar(word, language)]
    return said or words


def joined_or_parted(text: str, known: Collection[str]) -> Iterator[str]:
    """Words of a search: “well-being” is one if the whole is known, else two.

    A case that hangs on an abbreviation (“AI-ga”) is left away.
    """
    for found in _WORD.findall(unicodedata.normalize("NFKC", text)):
        whole, *parts = list(words_in(found))
        if not parts or fold(whole) in known:
            yield whole
        else:
            yield from parts[:1] if fold(parts[-1]) in HANGING else parts


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


def may_be_head(end: str) -> bool:
    """Whether a compound may end in this word: no suffix, and no scrap of a word."""
    bare = fold(end)
    return bare in SHORT_HEADS or (len(bare) >= SHORTEST_HEAD and bare not in SUFFIXES)


_CUT_LIST = re.compile(r"((?:[^\W\d_]+-,? (?:(?:ja|ning|või|ehk) )?)+)([^\W\d_]+)")


def mended_lists(text: str, head_of: Callable[[str], str]) -> str:
    """Hyphen-cut lists in full: of “kooli- ja huviharidus” “kooliharidus ja huviharidus”.

    `head_of` tells how a compound ends, as it is written, or nothing.
    """

    def whole(found: re.Match[str]) -> str:
        cut, last = found.groups()
        head = head_of(last)
        return (cut.replace("-", head) if head else cut) + last

    return _CUT_LIST.sub(whole, text) if "-" in text else text


def most_slips(word: str) -> int:
    """How many slips of the finger are forgiven in a word of this length."""
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2  # noqa: PLR2004 -- the rule itself


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
