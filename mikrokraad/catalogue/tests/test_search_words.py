"""From what somebody writes to what is compared."""

import pytest

from mikrokraad.catalogue.search import dictionary, kin, repair, words
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
    assert words.telling(["something", "with", "data"], "en") == ["data"]
    assert words.telling(["how", "to", "become", "IT"], "en") == ["IT"]
    assert words.telling(["it"], "en") == ["it"]
    assert words.telling(["kuidas", "tahaksin", "kalandus"], "et") == ["kalandus"]


def test_what_is_a_pronoun_in_english_is_a_trade_in_estonian() -> None:
    assert words.telling(["õpin", "it"], "et") == ["õpin", "it"]
    assert not words.is_weak("it", "et")
    assert words.telling(["learn", "it"], "en") == ["learn"]


@pytest.mark.parametrize(
    ("word", "language", "weak"),
    [
        ("koolitus", "et", True),
        ("training", "et", True),
        ("kuidas", "en", True),  # says nothing in the other language
        ("WITH", "et", False),  # an abbreviation
        ("keevitus", "et", False),
    ],
)
def test_some_words_are_too_weak_alone(word: str, language: str, *, weak: bool) -> None:
    assert words.is_weak(word, language) == weak


@pytest.mark.parametrize(
    ("text", "known", "read"),
    [
        ("night-shift", {"nightshift"}, ["nightshift"]),
        ("night-shift", set(), ["night", "shift"]),
        ("CAD-iga joonis", set(), ["CAD", "joonis"]),
    ],
)
def test_a_hyphen_joins_or_parts_words_or_carries_a_case(
    text: str, known: set[str], read: list[str]
) -> None:
    assert list(words.joined_or_parted(text, known)) == read


def test_lists_that_hyphens_cut_are_read_in_full() -> None:
    heads = {"metsakasvatus": "kasvatus", "raudteejaam": "jaam"}

    def read(text: str) -> str:
        return words.mended_lists(text, lambda word: heads.get(word, ""))

    assert (
        read("kala-, puu- ja metsakasvatus ning raudtee-")
        == "kalakasvatus, puukasvatus ja metsakasvatus ning raudtee-"
    )
    assert read("bussi- või raudteejaam") == "bussijaam või raudteejaam"
    assert read("a- ja b-osa, kuu - ja päike") == "a- ja b-osa, kuu - ja päike"


@pytest.mark.parametrize(
    ("word", "known", "cut"),
    [
        (
            "hobusekasvatus",
            {"hobuse", "kasvatus", "hobusekas", "vatus"},
            "hobuse+kasvatus",
        ),
        ("laevatoo", {"laeva", "too"}, "laeva+too"),
        ("rongisus", {"rongi", "sus"}, ""),
        ("valamine", {"vala", "mine"}, ""),
        ("kivipea", {"kivi"}, ""),
    ],
)
def test_a_compound_ends_in_a_word_and_not_in_a_suffix(
    word: str, known: set[str], cut: str
) -> None:
    assert "+".join(repair.cut_of(word, known)) == cut


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("keevitaja", "et", "keevitamine"),
        ("keevitama", "et", "keevitamine"),
        ("luuletaja", "et", "luuletus"),
        ("zooloog", "et", "zooloogia"),
        ("koreograaf", "et", "koreograafia"),
        ("poliitik", "et", "poliitika"),
        ("botanist", "en", "botany"),
        ("cartographer", "en", "cartography"),
        ("electrician", "en", "electric"),
        ("acoustician", "en", "acoustics"),
        ("surveyor", "en", "surveying"),
        ("brewer", "en", "brewing"),
    ],
)
def test_people_and_what_they_do_are_of_one_family(
    word: str, language: str, other: str
) -> None:
    assert other in kin.relatives(word, language)
    assert word in kin.relatives(other, language)


def test_a_case_comes_off_a_name() -> None:
    assert "photoshop" in kin.without_case("photoshopiga")
    assert "autocad" in kin.without_case("autocadi")
    assert "blender" in kin.without_case("blenderist")


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
    assert dictionary.parts_of("kultuuritöös", "et") == ["kultuuri", "töös"]
    assert dictionary.parts_of("leadership", "en") == []


def test_the_dictionary_tells_every_form_as_it_answers() -> None:
    found = dictionary.meanings(["õpetaja"], "et")

    forms = {one.form for one in found}
    assert {"opetaja", "opetajale", "opetajatega"} <= forms
    assert {one.token for one in found} == {dictionary.token_of("õpetajale", "et")}
    assert [one.form for one in found if one.seen] == ["opetaja"]
