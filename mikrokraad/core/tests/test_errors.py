"""A refusal is an answer: it has a code, a sentence, and stays on the form."""

import pytest
from django import forms

from mikrokraad.core.errors import Refusal, refusals_on


class NoSeatLeft(Refusal):
    code = "no-seat-left"


def refuse() -> None:
    raise NoSeatLeft("The last place has just been taken.")


class Empty(forms.Form):
    pass


def test_a_refusal_carries_its_code_and_its_sentence() -> None:
    refusal = NoSeatLeft("The last place has just been taken.")

    assert refusal.code == "no-seat-left"
    assert refusal.message == str(refusal) == "The last place has just been taken."
    assert Refusal("No.").code == "refused"


def test_a_refusal_is_shown_at_the_top_of_the_form() -> None:
    form = Empty({})

    with refusals_on(form):
        refuse()

    assert form.non_field_errors() == ["The last place has just been taken."]


def test_whatever_is_not_a_refusal_may_crash() -> None:
    form = Empty({})

    with pytest.raises(ZeroDivisionError), refusals_on(form):
        _nothing = 1 / 0

    assert form.is_valid()
