"""Each invariant of money turns red when it is broken on purpose."""

from collections.abc import Callable

import pytest
from django.db import connection

from mikrokraad.core import clock
from mikrokraad.demo.bank.statement import Transfer, statement
from mikrokraad.fees import actions, invariants
from mikrokraad.fees.models import Agreement, CreditNote, Invoice
from mikrokraad.fees.tests.factories import agreement

pytestmark = pytest.mark.django_db


def sql(*statements: str) -> Callable[[], None]:
    def run() -> None:
        with connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)

    return run


def without_triggers(*tables: str) -> None:
    """Take away what the database itself would refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fees%'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


BREAKS: dict[str, Callable[[], object]] = {
    "M1": sql(
        "UPDATE fees_posting SET amount_cents = amount_cents + 1 WHERE account = 'revenue'"
    ),
    "M2": sql("UPDATE fees_payment SET state = 'cancelled'"),
    "M3": sql("UPDATE fees_series SET last = last + 1 WHERE key = 'invoice'"),
    "M4": lambda: CreditNote.objects.update(total_cents=1),
    "M5": lambda: Invoice.objects.update(lines=[]),
    "M6": sql(
        "UPDATE fees_bankline SET amount_cents = amount_cents + 1 WHERE state = 'matched'"
    ),
    "M7": lambda: Agreement.objects.filter(ended_at=None).update(ended_at=clock.now()),
}


@pytest.mark.parametrize("code", sorted(invariants.CHECKED))
def test_a_broken_promise_is_named(code: str) -> None:
    paid, left = agreement(), agreement()
    owed = paid.invoices.get()
    content = statement(
        [Transfer("Liis", owed.total_cents, owed.reference)], at=clock.now()
    )
    actions.import_statement(content, by=None, at=clock.now())
    actions.cancel_agreement(left, reason="withdrawn", by=None, at=clock.now())
    assert list(invariants.broken(at=clock.now())) == []

    without_triggers("fees_posting", "fees_ledgerentry")
    BREAKS[code]()

    assert code in {found for found, _sentence in invariants.broken(at=clock.now())}
