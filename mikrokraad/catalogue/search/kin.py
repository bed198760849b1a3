"""Words of one family: inflected names, and the person beside the work. Pure.

“Ajakirjanik” is who does “ajakirjandus”, a “journalist” who does “journalism”. Nothing
here says that a word exists: whoever asks looks the candidates up.
"""

from collections.abc import Iterator

SHORTEST_ROOT = 4
# Endings of Estonian cases on names and borrowed words, which no dictionary has.
_PLAIN = "d t s l le lt st sse ks ni na ta ga id de te"
_PLURAL = [stem + case for stem in ("te", "de") for case in ("", "le", "l", "ga", "st")]
CASES = sorted({"", *_PLAIN.split(), *_PLURAL, "ide", "idele", "idega"}, key=len)
VOWELS = "aeiu"
SHORTEST_NAME = 3  # a name keeps so much before its case

# Each line is one family: whoever does it, what is done, and doing it. The endings of a
# line stand for one another after the same root; “-” is the bare root.
FAMILIES_IN = {
    "et": (
        "ja mine ma da",
        "aja us amine ama",
        "ik us",
        "nik ndus",
        "lane us",
        "oog oogia oogi",
        "graaf graafia graafi",
        "sof soofia soof",
        "peut teraapia",
        "aator atsioon eerimine eerija eerima",
        "or uur atsioon",
        "ekt ektuur",
        "er erimine ing -",
        "ist istika oloogia ism oonika eerimine",
        "ik ika ia",
        "ant atsioon eerimine",
        "ndaja ndus ndamine",
    ),
    "en": (
        "er ing or ion ment -",
        "ers ings ors",
        "ator ation ating ate",
        "ist y ism ics ic ology istry istics",
        "ists y ism ics",
        "ian y ics ic ical",
        "ian -",
        "ician ics ic",
        "icist ics ical",
        "ician istics",
        "ician ical",
        "logist logy logical",
        "grapher graphy graphing",
        "pher phy",
        "onomist onomics onomy",
        "yst ysis ytics ysing yzing",
        "tect tecture",
        "apist apy",
        "acist acy acology aceutical",
        "man ing",
        "ant ancy ing",
        "eer eering",
    ),
}
FAMILIES = {
    language: [tuple(family.split()) for family in families]
    for language, families in FAMILIES_IN.items()
}


def without_case(word: str) -> Iterator[str]:
    """What a folded Estonian word may be a form of, the longest first: of “instagrami”
    “instagram”, of “exceliga” “exceli” and “excel”."""
    for case in CASES:
        root = word.removesuffix(case) if case else word
        if (not case or root != word) and len(root) >= SHORTEST_NAME:
            if case:
                yield root
            if root[-1] in VOWELS and len(root) > SHORTEST_ROOT:
                yield root[:-1]


def relatives(word: str, language: str) -> Iterator[str]:
    """Folded words that would be of the same family as this one."""
    said = {word}
    for family in FAMILIES[language]:
        for ending in family:
            root = word.removesuffix(ending)
            if root == word or len(root) < SHORTEST_ROOT:
                continue
            for other in (root + one.replace("-", "") for one in family):
                if other not in said:
                    said.add(other)
                    yield other
