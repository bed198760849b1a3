"""Doors to money: agreements and invoices, payments, bank statements."""

from mikrokraad.fees.actions.agreeing import agree, cancel_agreement
from mikrokraad.fees.actions.bank import import_statement, match_line
from mikrokraad.fees.actions.card import (
    read_notification,
    start_card_payment,
)

__all__ = [
    "agree",
    "cancel_agreement",
    "import_statement",
    "match_line",
    "read_notification",
    "start_card_payment",
]
