"""Doors to money: agreements and invoices, payments, bank statements."""

from mikrokraad.fees.actions.agreeing import (
    agree,
    ask_application_fee,
    cancel_agreement,
    cancel_if_unpaid,
)
from mikrokraad.fees.actions.bank import import_statement, match_line
from mikrokraad.fees.actions.card import (
    read_notification,
    start_card_payment,
)
from mikrokraad.fees.actions.ledger import next_number

__all__ = [
    "agree",
    "ask_application_fee",
    "cancel_agreement",
    "cancel_if_unpaid",
    "import_statement",
    "match_line",
    "next_number",
    "read_notification",
    "start_card_payment",
]
