"""Texts in several languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from mikrokraad.core.texts import TextField, missing_languages, said


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ({"et": "Tere", "en": "Hello"}, "et", "Tere"),
        ({"et": "Tere", "en": "Hello"}, "en-gb", "Hello"),
        ({"et": "Tere", "en": "Hello"}, "fr", "Tere"),
        ({"et": "", "en": "Hello"}, "et", "Hello"),
        ({"en": "Hello"}, "et", "Hello"),
        ({}, "et", ""),
        (None, "et", ""),
    ],
)
def test_a_text_is_said_in_the_language_or_in_any_other(
    text: dict[str, str] | None, language: str, words: str
) -> None:
    assert said(text, language) == words


def test_without_a_language_it_is_the_pages() -> None:
    text = {"et": "Tere", "en": "Hello"}

    assert said(text) == "Hello"
    with translation.override("et"):
        assert said(text) == "Tere"
    with translation.override(None):
        assert said(text) == "Tere"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ({"et": "Tere", "en": "Hello"}, []),
        ({"et": "Tere", "en": "  "}, ["en"]),
        ({}, ["et", "en"]),
        (None, ["et", "en"]),
    ],
)
def test_missing_languages_are_named(
    text: dict[str, str] | None, codes: list[str]
) -> None:
    assert missing_languages(text) == codes


@pytest.mark.parametrize("value", ["words", ["et"], {"fr": "Salut"}, {"et": 1}])
def test_a_field_takes_only_texts_by_language(value: object) -> None:
    field = TextField()

    with pytest.raises(ValidationError, match="one text for each language"):
        field.run_validators(value)

    field.run_validators({"et": "Tere", "en": "Hello"})
