"""Money is a whole number of cents; this is how it is written for people."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils import translation

CENTS = 100


def euros(cents: int) -> str:
    """“2400 €” in Estonian, “€2,400” in English; cents only if there are any."""
    language = (translation.get_language() or settings.LANGUAGE_CODE)[:2]
    whole = cents % CENTS == 0
    amount = Decimal(cents) / CENTS
    if language == "et":
        pattern = "#,##0" if whole else "#,##0.00"
        number = format_decimal(amount, pattern, locale="et")
        # Four digits stand together in Estonian: 2400, but 12 000.
        if abs(cents) < 10_000 * CENTS:
            number = number.replace("\xa0", "")
        return f"{number}\xa0€"
    return format_currency(
        amount,
        "EUR",
        "¤#,##0" if whole else "¤#,##0.00",
        locale="en_GB",
        currency_digits=False,
    )


def tax_on(net_cents: int, rate_percent: Decimal) -> int:
    """The tax on `net_cents`, in cents, rounded half up per line.

    Source: EN 16931, BR-CO-17.
    """
    return int((net_cents * rate_percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
