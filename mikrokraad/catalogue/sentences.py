"""A sentence in the search box: what of it is a filter, and which words are left. Pure.

“Something with data, in the evenings, under 1 500 euros” asks for `evenings=yes`,
`fee=1500` and the word “data”. Both languages are understood on every page. What could
be the name of something taught (“online marketing”, “free speech”) stays words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from mikrokraad.catalogue.filters import BETWEEN, CHOICES, DAYS, YES

Chosen = dict[str, str]
HAPPENS = re.compile(r"\s*,[\s,]*")
LEAST_BARE = 100  # a smaller number without a currency is no price
YEARS = range(2020, 2040)  # nor is a year

_NUMBER = r"(\d{1,3}(?:[ .,]\d{3})+|\d{1,6})(?!\d)"
_EURO = r"(?:€|eur(?:o(?:s|t|de|ni|ga|ne|sid|dega|line)?)?(?!\w))"
_LESS = (
    r"under|below|up\s+to|at\s+most|max(?:imum)?\.?|(?:no|not)\s+(?:more\s+than|over)|less\s+than"
    r"|cheaper\s+than|within|until|[<≤]=?|alla|kuni|maks(?:imum|imaalselt)?\.?|kõige\s+rohkem"
    r"|mitte\s+(?:rohkem\s+kui|üle)|odavam(?:ad|at|aid)?\s+kui|vähem\s+kui"
)
_MORE = r"over|above|more\s+than|from|at\s+least|üle|rohkem\s+kui|vähemalt|alates"
_BOUND = rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\s*"
_TO = r"\s*(?:[-–—]|to|and|kuni|ja)\s*"
_CREDITS = r"(?:ects|eap|ainepunkt\w*|credits?(?:\s+points?)?)(?!\w)"
_COURSES = r"(?:courses?|classes|programmes?|programs?|stud(?:y|ies)|learning|lessons?)"
_LAST = r"(?=\s*(?:$|[,.;:?!]))"  # nothing that it could describe comes after it
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays|workdays"
    r"|(?:esmas|teisi|kolma|nelja|lau|p[üu]ha|t[öo][öo])p[äa]e?v\w*|reede(?:l|ti|d|del|st|ni|ne)?"
    r"|n[äa]dalavahetus\w*|n[äa]dalal[õo]p\w*)(?!\w)"
)
_NEVER = r"not|never|except|without|no|mitte|v\.\s?a\.?|v[äa]lja\s+arvatud|ei"
_JOINED = r"[\s,&–—-]+(?:(?:and|or|to|ja|või|kuni)\s+)?(?:(?:on|at)\s+)?"
_FIRST_DAY = r"(?:(?:only|ainult|just)\s+)?(?:(?:on|at)\s+)?(?:the\s+)?"

DAY_BEGINS = (
    *(("mon", "mon"), ("tue", "tue"), ("wed", "wed"), ("thu", "thu"), ("fri", "fri")),
    *(("sat", "sat"), ("sun", "sun"), ("esm", "mon"), ("tei", "tue"), ("kol", "wed")),
    *(("nel", "thu"), ("ree", "fri"), ("lau", "sat"), ("püh", "sun"), ("puh", "sun")),
)
SEVERAL = (("weeke", DAYS[5:]), ("n", DAYS[5:]), ("w", DAYS[:5]), ("t", DAYS[:5]))
TONGUES = {"en": "en", "in": "en", "es": "et", "ee": "et", "ru": "ru", "ve": "ru"}

# They hold a sentence together; at the ends of what is left they ask for nothing.
_FILLERS = (
    "something anything some any a an the in on at with for of and or but to that is are i "
    "i'm want would like to study learn looking only please costing costs cost price fee by "
    "about course courses class classes programme programmes program programs studies taught "
    "midagi mingi mingit miskit mida mis ja või aga on ma tahan tahaks tahaksin soovin sooviks "
    "sooviksin otsin õppida õpin ainult palun hind hinnaga maksab maksumus kursus kursused "
    "kursusi kursust programm programme programmi programmid õpe mikrokraad mikrokraadi"
)
FILLERS = frozenset(_FILLERS.split())


@dataclass(frozen=True)
class Understood:
    """`chosen` as the list's filters say it; `words` are left to be searched."""

    words: str
    chosen: Chosen


class _Way(NamedTuple):
    """How something is said, and what it asks for; an empty answer is no wish."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Chosen]


def understood(
    text: str, known: Callable[[str, str], bool] = lambda *_: True
) -> Understood:
    """What a sentence asks for. A choice that no run has stays a word.

    `known(name, value)` says of a choice whether some run has it.
    """
    rest, chosen = " ".join(text.split()), Chosen()
    for way in WAYS:
        rest, asked = _taken(way, rest, known)
        chosen |= asked | chosen  # what was said first counts
    if not chosen:
        return Understood(text, {})
    return Understood(_left(rest), _together(chosen))


def _taken(
    way: _Way, rest: str, known: Callable[[str, str], bool]
) -> tuple[str, Chosen]:
    """What is left without what is said this way, and what that asks for."""
    chosen = Chosen()

    def take(found: re.Match[str]) -> str:
        asked = way.read(found)
        if not asked or not all(
            name not in CHOICES or known(name, value) for name, value in asked.items()
        ):
            return found[0]
        chosen.update(asked | chosen)
        return " , "

    return way.pattern.sub(take, rest), chosen


def _together(chosen: Chosen) -> Chosen:
    """“Evenings and weekends” is one filter, which lets weekends be."""
    if "evenings" in chosen and chosen.get("weekdays") == ",".join(DAYS[5:]):
        return {name: value for name, value in chosen.items() if name != "weekdays"}
    return chosen


def _left(rest: str) -> str:
    """What is still to be searched, without what held the sentence together."""
    parts = [_bare(part.split()) for part in HAPPENS.split(rest)]
    return ", ".join(part for part in parts if part)


def _bare(words: list[str]) -> str:
    while words and _says_nothing(words[0]):
        words = words[1:]
    while words and _says_nothing(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _says_nothing(word: str) -> bool:
    bare = word.strip(".,;:?!").casefold()
    return not bare or (bare in FILLERS and not (len(word) > 1 and word.isupper()))


# Numbers -------------------------------------------------------------------------------


def _bounds(found: re.Match[str], number: int) -> str:
    return f"{number}{BETWEEN}" if found["more"] else f"{BETWEEN}{number}"


def _plain(number: str) -> int:
    return int(re.sub(r"\D", "", number))


def _fee(found: re.Match[str]) -> Chosen:
    number = _plain(found["sum"])
    return {"fee": f"{number}{BETWEEN}" if found["more"] else str(number)}


def _bare_fee(found: re.Match[str]) -> Chosen:
    number = _plain(found["sum"])
    return {} if number < LEAST_BARE or number in YEARS else _fee(found)


def _fees(found: re.Match[str]) -> Chosen:
    return {"fee": f"{_plain(found[1])}{BETWEEN}{_plain(found[2])}"}


def _ects(found: re.Match[str]) -> Chosen:
    least = int(found["least"])
    if found["most"]:
        return {"ects": f"{least}{BETWEEN}{found['most']}"}
    if found["less"] or found["more"]:
        return {"ects": _bounds(found, least)}
    return {"ects": str(least)}


# Days ----------------------------------------------------------------------------------


def _days(found: re.Match[str]) -> Chosen:
    """“Fridays and Saturdays”, “Thursday to Saturday”, “not on Mondays”."""
    said = found["days"].casefold()
    named = [one[0] for one in re.finditer(_DAY, said)]
    meant = {day for name in named for day in _meant(name)}
    if len(named) == 2 and _is_span(said, named):  # noqa: PLR2004 -- both ends
        first, last = (DAYS.index(_meant(name)[0]) for name in named)
        meant = set(DAYS[first : last + 1]) or meant
    if found["never"]:
        meant = set(DAYS) - meant
    free = [day for day in DAYS if day in meant]
    return {"weekdays": ",".join(free)} if 0 < len(free) < len(DAYS) else {}


def _is_span(said: str, named: list[str]) -> bool:
    between = said.removeprefix(named[0]).removesuffix(named[1]).split()
    return between in (["-"], ["–"], ["—"], ["to"], ["kuni"]) or (
        named[0].endswith("st") and named[1].endswith("ni")
    )


def _meant(name: str) -> tuple[str, ...]:
    """“Reedeti” is Friday; a weekend is two days, workdays are five."""
    one = next((day for begin, day in DAY_BEGINS if name.startswith(begin)), None)
    if one:
        return (one,)
    return next(days for begin, days in SEVERAL if name.startswith(begin))


# How things are said -------------------------------------------------------------------


def _always(name: str, value: str) -> Callable[[re.Match[str]], Chosen]:
    return lambda _found: {name: value}


def _language(found: re.Match[str]) -> Chosen:
    named = next(name for name in found.groups() if name)
    return {"language": TONGUES[named[:2].casefold()]}


def _way(pattern: str, read: Callable[[re.Match[str]], Chosen]) -> _Way:
    return _Way(re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE), read)


WAYS = (
    _way(
        rf"(?:{_BOUND})?(?P<least>\d{{1,2}})(?:{_TO}(?P<most>\d{{1,2}}))?[\s-]*{_CREDITS}",
        _ects,
    ),
    _way(
        rf"(?:(?:between|from|vahemikus)\s+)?{_NUMBER}\s*{_EURO}?{_TO}{_NUMBER}\s*{_EURO}",
        _fees,
    ),
    _way(
        rf"(?:{_BOUND})?(?:€\s*(?=\d))?(?P<sum>{_NUMBER})\s*{_EURO}(?:\s+(?:piires|eest))?",
        _fee,
    ),
    _way(rf"(?:{_BOUND})?€\s*(?P<sum>{_NUMBER})", _fee),
    _way(rf"{_BOUND}(?P<sum>{_NUMBER})(?!\w)", _bare_fee),
    _way(
        rf"(?:(?:in|on|during)\s+)?(?:the\s+)?evenings?(?!\w)(?:\s+{_COURSES}(?!\w))?"
        r"|(?:after|p[äa]rast|peale)\s+(?:work|t[öo][öo]d)(?!\w)"
        r"|[õo]htu(?:ti|l|sel\w*|ne|sed|seid|sti|kursus\w*|[õo]p\w*)(?!\w)",
        _always("evenings", YES),
    ),
    _way(
        rf"(?:(?P<never>{_NEVER})\s+)?{_FIRST_DAY}(?P<days>{_DAY}(?:{_JOINED}{_DAY})*)(?:\s+only)?",
        _days,
    ),
    _way(
        r"(?:taught\s+)?in\s+(English|Estonian|Russian)(?!\w)|(English|Estonian|Russian)[- ]taught"
        r"|(inglise|eesti|vene)\s+keeles(?!\w)|(inglise|eesti|vene)keel(?:ne|s\w+|es)(?!\w)",
        _language,
    ),
    _way(
        r"(?:in\s+)?block[- ]mode(?!\w)|sessioon(?:[õo]p\w*|iti|ides)",
        _always("mode", "block"),
    ),
    _way(
        rf"blended(?:\s+{_COURSES}|(?!\w))|p[õo]im[õo]p\w*", _always("mode", "blended")
    ),
    _way(
        rf"online\s+{_COURSES}(?!\w)|(?:online|veebis|internetis|remotely){_LAST}"
        r"|veebi(?:[õo]p|kursus)\w*|e-[õo]p[ep]\w*|kaug[õo]p\w*|distance\s+learning|from\s+home(?!\w)",
        _always("mode", "online"),
    ),
    _way(
        rf"tasuta(?!\w)|(?:for\s+)?free\s+of\s+charge|for\s+free(?!\w)|free(?=\s+{_COURSES}|{_LAST})",
        _always("free", YES),
    ),
)
