"""Money is whole cents; people read it as they are used to."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mikrokraad.core.money import euros, tax_on

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("cents", "estonian", "english"),
    [
        (0, "0_€", "€0"),
        (5, "0,05_€", "€0.05"),
        (2400_00, "2400_€", "€2,400"),
        (2400_50, "2400,50_€", "€2,400.50"),
        (9999_99, "9999,99_€", "€9,999.99"),
        (12_000_00, "12_000_€", "€12,000"),
        (1_234_567_89, "1_234_567,89_€", "€1,234,567.89"),
        (-25_00, "-25_€", "-€25"),
        (-12_000_10, "-12_000,10_€", "-€12,000.10"),
    ],
)
def test_euros_in_both_languages(cents: int, estonian: str, english: str) -> None:
    with translation.override("et"):
        said = euros(cents).replace("\N{MINUS SIGN}", "-")
        assert said == estonian.replace("_", NBSP)
    assert euros(cents).replace("\N{MINUS SIGN}", "-") == english


@given(st.integers(-(10**9), 10**9))
def test_no_cent_is_lost_in_words(cents: int) -> None:
    with translation.override("et"):
        said = euros(cents).removesuffix(f"{NBSP}€").replace("\N{MINUS SIGN}", "-")
    number = Decimal(said.replace(NBSP, "").replace(",", "."))

    assert int(number * 100) == cents


@pytest.mark.parametrize(
    ("net", "rate", "tax"),
    [
        (100_00, "24", 24_00),
        (1, "24", 0),
        (2, "24", 0),
        (3, "24", 1),
        (50, "5", 3),  # 2.5 cents: half goes up
        (333_33, "22.5", 75_00),
        (100_00, "0", 0),
    ],
)
def test_tax_is_rounded_half_up_on_each_line(net: int, rate: str, tax: int) -> None:
    assert tax_on(net, Decimal(rate)) == tax


@given(st.integers(0, 10**9), st.integers(0, 3000))
def test_tax_is_within_half_a_cent(net: int, hundredths: int) -> None:
    rate = Decimal(hundredths) / 100

    assert abs(tax_on(net, rate) - net * rate / 100) <= Decimal("0.5")
