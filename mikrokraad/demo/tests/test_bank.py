"""The simulated bank pays open invoices, well or badly."""

import pytest
from django.test import Client

from mikrokraad.fees import camt, queries
from mikrokraad.fees.models import BankLine
from mikrokraad.fees.tests.factories import invoice

pytestmark = pytest.mark.django_db
PAGE = "/en/demo/bank/statement.xml"


@pytest.mark.parametrize(
    ("how", "cents", "known"),
    [
        ("exact", 240_000, True),
        ("less", 239_000, True),
        ("more", 241_000, True),
        ("half", 120_000, True),
        ("wrong", 240_000, False),
        ("lost", 240_000, False),
    ],
)
def test_it_writes_a_statement_that_can_be_read(
    client: Client, how: str, cents: int, *, known: bool
) -> None:
    owed = invoice()

    told = client.post(PAGE, {"invoices": [str(owed.pk)], "how": how})

    entry = camt.read(told.content).entries[0]
    assert entry.amount_cents == cents
    assert (entry.reference == owed.reference) is known
    assert not BankLine.objects.exists()


def test_one_click_brings_it_to_the_finance_desk(client: Client) -> None:
    owed = invoice()

    told = client.post(
        PAGE, {"invoices": [str(owed.pk)], "how": "exact", "send": "yes"}, follow=True
    )

    assert "1 matched, 0 without an invoice" in told.content.decode()
    assert "Nothing is owed" in told.content.decode()
    assert queries.open_cents(owed) == 0


def test_nothing_chosen_is_told(client: Client) -> None:
    invoice()

    told = client.post(PAGE, {"how": "exact"})

    assert told.status_code == 400
    assert "Choose at least one invoice." in told.content.decode()
