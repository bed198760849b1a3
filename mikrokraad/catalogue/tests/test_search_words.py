"""From what somebody writes to what is compared."""

import pytest

from mikrokraad.catalogue.search import dictionary, words
from mikrokraad.catalogue.search.alphabet import sort_key


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Well-being", ["Wellbeing", "Well", "being"]),
        ("teacher's  day", ["teacher", "day"]),
        ("C++ & R, 2027!", ["C", "R", "2027"]),
        ("e\u0301tude", ["\u00e9tude"]),
        ("", []),
    ],
)
def test_words_of_a_text(written: str, read: list[str]) -> None:
    assert list(words.words_in(written)) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [("Õigus", "oigus"), ("ŽÜRII", "zurii"), ("šokk", "sokk"), ("Öö", "oo")],
)
def test_marks_and_capitals_make_no_difference(one: str, other: str) -> None:
    assert words.fold(one) == other


def test_a_pronoun_says_nothing_and_an_abbreviation_does() -> None:
    assert words.telling(["something", "with", "data"]) == ["data"]
    assert words.telling(["IT", "courses"]) == ["IT"]
    assert words.telling(["it"]) == ["it"]
    assert words.telling(["mikrokraad"]) == ["mikrokraad"]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("data", "data", 0), ("dtaa", "data", 1), ("dta", "data", 1), ("law", "data", 3)],
)
def test_slips_of_the_finger_are_counted(one: str, other: str, count: int) -> None:
    assert words.slips(one, other, 2) == count


def test_the_estonian_alphabet() -> None:
    titles = ["Õigus", "Zooloogia", "Tervis", "Šokk", "Süsteem", "Ämm", "Üld", "Yoga"]

    ordered = sorted(titles, key=lambda title: sort_key(title, "et"))

    assert ordered == [
        "Süsteem",
        "Šokk",
        "Zooloogia",
        "Tervis",
        "Õigus",
        "Ämm",
        "Üld",
        "Yoga",
    ]


@pytest.mark.parametrize(
    "forms",
    [
        ["andmed", "andmete", "andmeid", "andmetest"],
        ["õpetaja", "õpetajale", "õpetajate", "õpetajad"],
        ["riigihange", "riigihanked", "riigihangete"],
        ["liit", "liidu"],
    ],
)
def test_all_forms_of_an_estonian_word_are_one_token(forms: list[str]) -> None:
    assert len({dictionary.token_of(form, "et") for form in forms}) == 1


def test_compounds_come_apart() -> None:
    assert dictionary.parts_of("tõlketehnoloogia", "et") == ["tõlke", "tehnoloogia"]
    assert dictionary.parts_of("andmeteadus", "et") == ["andme", "teadus"]
    assert dictionary.parts_of("programm", "et") == []
    assert dictionary.parts_of("leadership", "en") == []


def test_the_dictionary_tells_every_form_as_it_answers() -> None:
    found = dictionary.meanings(["õpetaja"], "et")

    forms = {one.form for one in found}
    assert {"opetaja", "opetajale", "opetajatega"} <= forms
    assert {one.token for one in found} == {dictionary.token_of("õpetajale", "et")}
    assert [one.form for one in found if one.seen] == ["opetaja"]
