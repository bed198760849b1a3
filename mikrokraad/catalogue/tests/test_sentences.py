"""A sentence in the search box: what is taken for a filter, and what stays words."""

import pytest

from mikrokraad.catalogue.filters import Wanted, wanted
from mikrokraad.catalogue.sentences import Understood, understood


@pytest.mark.parametrize(
    ("sentence", "words", "query"),
    [
        (
            "midagi andmetega õhtuti alla 1500 euro",
            "andmetega",
            "fee=1500&evenings=yes",
        ),
        (
            "something with data, in the evenings, under 1 500 euros",
            "data",
            "fee=1500&evenings=yes",
        ),
        ("Data science in English", "Data science", "language=en"),
        ("andmeteadus inglise keeles", "andmeteadus", "language=en"),
        ("eestikeelne juhtimine", "juhtimine", "language=et"),
        ("free courses about law", "law", "free=yes"),
        ("tasuta programmid", "", "free=yes"),
        ("data for free", "data", "free=yes"),
        ("law online", "law", "mode=online"),
        ("online courses in law", "law", "mode=online"),
        ("õigus veebis, kuni 12 EAP", "õigus", "ects=..12&mode=online"),
        ("sessioonõpe ja keemia", "keemia", "mode=block"),
        ("chemistry in block mode", "chemistry", "mode=block"),
        ("põimõpe", "", "mode=blended"),
        ("IT in the evenings", "IT", "evenings=yes"),
        ("pärast tööd keemia", "keemia", "evenings=yes"),
        ("arts and culture, after work", "arts and culture", "evenings=yes"),
    ],
)
def test_a_sentence_is_words_and_filters(sentence: str, words: str, query: str) -> None:
    told = understood(sentence)

    assert told.words == words
    assert wanted(told.chosen) == Wanted("", told.chosen)
    assert "&".join(f"{name}={value}" for name, value in told.chosen.items()) == query


@pytest.mark.parametrize(
    ("said", "fee"),
    [
        ("under 1500 euros", "1500"),
        ("below 1,500 eur", "1500"),
        ("up to €1 500", "1500"),
        ("max 900€", "900"),
        ("no more than 1.500 €", "1500"),
        ("cheaper than 700", "700"),
        ("under 1500", "1500"),
        ("1500 euros", "1500"),
        ("alla 1500 eurot", "1500"),
        ("kuni 1\u00a0500 €", "1500"),
        ("odavam kui 800 eurot", "800"),
        ("maksimaalselt 1000 eur", "1000"),
        ("mitte üle 1000 euro", "1000"),
        ("1500 euro piires", "1500"),
        ("over 1000 euros", "1000.."),
        ("üle 1000 euro", "1000.."),
        ("between 500 and 1500 euros", "500..1500"),
        ("500–1500 €", "500..1500"),
        ("500 kuni 1 500 eurot", "500..1500"),
    ],
)
def test_prices_are_understood(said: str, fee: str) -> None:
    assert understood(f"data {said}") == Understood("data", {"fee": fee})


@pytest.mark.parametrize(
    ("said", "ects"),
    [
        ("12 EAP", "12"),
        ("12 ECTS", "12"),
        ("12-18 ECTS", "12..18"),
        ("vähemalt 12 ainepunkti", "12.."),
        ("at least 12 credits", "12.."),
        ("kuni 6 EAP", "..6"),
        ("under 12 ECTS", "..12"),
    ],
)
def test_volumes_are_understood(said: str, ects: str) -> None:
    assert understood(f"data {said}") == Understood("data", {"ects": ects})


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("only Fridays and Saturdays", "fri,sat"),
        ("on Friday", "fri"),
        ("ainult reedel ja laupäeval", "fri,sat"),
        ("reedeti ja laupäeviti", "fri,sat"),
        ("Thursday to Saturday", "thu,fri,sat"),
        ("neljapäevast laupäevani", "thu,fri,sat"),
        ("neljapäev–laupäev", "thu,fri,sat"),
        ("at weekends", "sat,sun"),
        ("nädalavahetusel", "sat,sun"),
        ("nadalavahetuseti", "sat,sun"),
        ("on weekdays", "mon,tue,wed,thu,fri"),
        ("tööpäeviti", "mon,tue,wed,thu,fri"),
        ("not on Mondays", "tue,wed,thu,fri,sat,sun"),
        ("mitte esmaspäeviti", "tue,wed,thu,fri,sat,sun"),
        ("pühapäeval", "sun"),
    ],
)
def test_days_are_understood(said: str, days: str) -> None:
    assert understood(f"data {said}") == Understood("data", {"weekdays": days})


@pytest.mark.parametrize("said", ["evenings and weekends", "õhtuti ja nädalavahetusel"])
def test_evenings_and_weekends_are_one_wish(said: str) -> None:
    assert understood(said) == Understood("", {"evenings": "yes"})


def test_evenings_of_a_day_are_two() -> None:
    both = {"evenings": "yes", "weekdays": "tue,sat"}

    assert understood("teisipäeva õhtuti ja laupäeval keemia").chosen == both
    assert understood("Tuesday evenings, and Saturdays, chemistry").chosen == both


@pytest.mark.parametrize(
    "words",
    [
        "data science",
        "online marketing",
        "free speech",
        "English for lawyers",
        "European law",
        "law in 27 European countries",
        "from 2027",
        "kuni 31. jaanuar",
        "veebis müümine",
        "Monday to Sunday",
        "",
        "  something  ",
    ],
)
def test_what_may_be_taught_stays_words(words: str) -> None:
    assert understood(words) == Understood(words, {})


def test_a_choice_that_nothing_has_stays_a_word() -> None:
    told = understood(
        "free data in English", known=lambda name, _value: name != "language"
    )

    assert told == Understood("free data in English", {})


@pytest.mark.parametrize(
    "sentence", ["under something 900 euros, on 12 ECTS", "1500 euros 900 euros data"]
)
def test_what_is_left_is_understood_once(sentence: str) -> None:
    """Whoever lets a wish go does not get it back from the words."""
    assert understood(understood(sentence).words).chosen == {}
