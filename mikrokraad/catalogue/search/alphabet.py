"""Alphabetical order, since no database sorts Estonian the same way everywhere. Pure."""

import unicodedata

ESTONIAN = "abcdefghijklmnopqrsšzžtuvwõäöüxy"
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_PLACES = {
    "et": {letter: place for place, letter in enumerate(ESTONIAN)},
    "en": {letter: place for place, letter in enumerate(ENGLISH)},
}
AFTER_LETTERS = 100


def sort_key(text: str, language: str) -> tuple[int, ...]:
    """How `text` stands among others: spaces, then digits, then letters.

    Source: the order of the Estonian alphabet, s š z ž t u v w õ ä ö ü x y. A
    letter of another alphabet stands where its letter without marks stands.
    """
    places = _PLACES.get(language, _PLACES["en"])
    return tuple(_place(letter, places) for letter in text.casefold())


def _place(letter: str, places: dict[str, int]) -> int:
    if letter in places:
        return 20 + places[letter]
    if letter.isspace():
        return 0
    if letter.isdigit():
        return 1 + int(unicodedata.digit(letter, 9))
    bare = unicodedata.normalize("NFKD", letter)[0]
    return 20 + places[bare] if bare in places else AFTER_LETTERS
