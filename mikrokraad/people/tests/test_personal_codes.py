"""Personal codes: read by rule, sealed with one key, found with another."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.people import personal_codes, rules

WORDS = st.text(max_size=60)


@given(WORDS)
def test_what_was_sealed_can_be_opened(secret: str) -> None:
    assert personal_codes.opened(personal_codes.sealed(secret)) == secret


@given(WORDS)
def test_sealing_twice_looks_different(secret: str) -> None:
    assert personal_codes.sealed(secret) != personal_codes.sealed(secret)


@given(st.binary(min_size=1, max_size=1), st.integers(min_value=0))
def test_a_changed_byte_is_noticed(change: bytes, place: int) -> None:
    kept = bytearray(personal_codes.sealed("49002010965"))
    place %= len(kept)
    if kept[place] == change[0]:
        return
    kept[place] = change[0]

    with pytest.raises(InvalidTag):
        personal_codes.opened(bytes(kept))


@given(WORDS, WORDS)
def test_a_hash_is_the_same_only_for_the_same(one: str, other: str) -> None:
    same = personal_codes.keyed_hash(one) == personal_codes.keyed_hash(other)

    assert same == (one == other)


def test_another_key_neither_opens_nor_finds() -> None:
    kept = personal_codes.sealed("49002010965")
    found = personal_codes.keyed_hash("49002010965")

    with override_settings(SECRET_KEY="another-key-of-the-same-length"):
        with pytest.raises(InvalidTag):
            personal_codes.opened(kept)
        assert personal_codes.keyed_hash("49002010965") != found


def test_what_is_sealed_for_one_purpose_opens_for_no_other() -> None:
    kept = personal_codes.sealed("a secret", purpose="second factors")

    with pytest.raises(InvalidTag):
        personal_codes.opened(kept)


@pytest.mark.parametrize(
    ("code", "born"),
    [
        ("60001019906", date(2000, 1, 1)),
        ("38001085718", date(1980, 1, 8)),
        ("49002010965", date(1990, 2, 1)),
    ],
)
def test_a_code_carries_a_birth_date(code: str, born: date) -> None:
    assert rules.personal_code(f" {code} ") == code
    assert rules.birth_date_in(code) == born
    assert rules.masked(code) == f"•••••••{code[-4:]}"


@given(st.integers(min_value=1, max_value=9))
def test_a_wrong_check_digit_is_noticed(more: int) -> None:
    good = "49002010965"
    wrong = f"{good[:-1]}{(int(good[-1]) + more) % 10}"

    with pytest.raises(rules.PersonalCodeIsWrong):
        rules.personal_code(wrong)
