"""What search takes a word for that no programme has, and when it finds nothing."""

import json
from typing import Any

import pytest

from mikrokraad.catalogue.founding import SYNONYMS, make_synonyms
from mikrokraad.catalogue.models import Synonyms
from mikrokraad.catalogue.search import current
from mikrokraad.catalogue.search.query import understood
from mikrokraad.catalogue.tests.test_search import found, offered, titles

pytestmark = pytest.mark.django_db
ENOUGH_GROUPS, MOST_LETTERS = 150, 400  # the desk takes no more letters


@pytest.fixture(autouse=True)
def _anew(settings: Any, tmp_path: Any) -> None:  # noqa: ANN401 -- pytest's own
    settings.MEDIA_ROOT = tmp_path
    current.forget()


def crafts() -> None:
    for et, en in (
        ("Meresõit", "Seafaring"),
        ("Keevitamine", "Welding"),
        ("Zooloogia", "Zoology"),
        ("Lossid", "Castles"),
        ("Kala- ja hobusekasvatus", "Farming"),
        ("Kalad", "Fish"),
    ):
        offered(et, en)


def same(et: str, en: str) -> None:
    Synonyms.objects.create(words={"et": et, "en": en})


def test_a_mistyped_word_has_the_synonyms_of_what_was_meant() -> None:
    crafts()
    same("purjetamine, meresõit", "yachting")

    answer = found("purjetmine")

    assert titles(answer) == ["Meresõit"]
    assert answer.instead == [("purjetmine", "purjetamine")]
    assert titles(found("yahcting", language="en")) == ["Meresõit"]


@pytest.mark.parametrize("words", ["photoshop", "photoshopi", "Photoshopiga"])
def test_a_name_in_any_case_has_its_synonyms(words: str) -> None:
    crafts()
    same("Photoshop, lossid", "")

    assert titles(found(words)) == ["Lossid"]


def test_who_does_it_finds_what_is_done() -> None:
    crafts()

    for words in ("keevitaja", "keevitama", "keevitajaks", "welder"):
        assert titles(found(words)) == ["Keevitamine"]
    assert titles(found("zooloogid")) == ["Zooloogia"]
    assert titles(found("zoologist", language="en")) == ["Zooloogia"]


def test_a_beginning_that_two_words_share_is_no_answer() -> None:
    crafts()

    assert titles(found("castl", language="en")) == ["Lossid"]  # most of it is typed
    for words in ("castings", "seat", "zoo", "weldments"):
        assert found(words, language="en").count == 0


def test_of_an_unknown_compound_the_last_part_counts_most() -> None:
    crafts()
    offered("Hooldus", "Care")
    current.keep_up()

    answer = found("kaladehooldus")

    assert titles(answer)[0] == "Hooldus"
    assert answer.instead == [("kaladehooldus", "kalade + hooldus")]


def test_a_list_that_a_hyphen_cuts_is_found_by_each_whole_word() -> None:
    crafts()
    current.keep_up()

    assert titles(found("kalakasvatus")) == ["Kala- ja hobusekasvatus"]
    assert found("kalakasvatus").instead == []


def test_words_of_a_phrase_stand_near_one_another() -> None:
    offered("Mesindus", "Honey craft")
    offered("Küla", "Honey as an old food of villages where people knew many a craft")
    same("", "apiculture, honey craft")

    assert titles(found("apiculture", language="en")) == ["Mesindus"]
    assert titles(found("honey craft", language="en")) == ["Mesindus", "Küla"]


def test_an_unknown_word_is_told_and_a_usual_one_is_no_answer_for_it() -> None:
    crafts()

    nothing = found("qwxyz course", language="en")
    some = found("qwxyz castles", language="en")

    assert (nothing.count, nothing.missing) == (0, ["qwxyz"])
    assert (titles(some), some.missing) == (["Lossid"], ["qwxyz"])
    assert found("castles course", language="en").missing == []


def test_weak_words_choose_but_need_not_be_there() -> None:
    crafts()

    assert titles(found("kuidas õppida keevitamist")) == ["Keevitamine"]
    assert titles(found("become a welder", language="en")) == ["Keevitamine"]


def test_in_estonian_it_is_a_trade() -> None:
    crafts()

    slots = understood("õpin it", current.current(), "et")

    assert [(slot.said, slot.weak) for slot in slots] == [("õpin", True), ("it", False)]


def test_the_first_synonyms_are_many_and_fit_the_desk() -> None:
    groups = json.loads(SYNONYMS.read_text(encoding="utf-8"))
    make_synonyms()

    assert Synonyms.objects.count() == len(groups) > ENOUGH_GROUPS
    for group in groups:
        phrases = [one.strip() for text in group.values() for one in text.split(",")]
        assert set(group) == {"et", "en"}
        assert len(phrases) > 1
        assert all(phrases)
        assert all(len(text) <= MOST_LETTERS for text in group.values())
