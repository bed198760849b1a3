"""The ledger's promise is kept by the database, on both databases."""

import uuid
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from mikrokraad.fees.models import LedgerEntry, Posting
from mikrokraad.fees.rules import Account

pytestmark = pytest.mark.django_db(transaction=True)


def write(amounts: list[int], at: datetime) -> LedgerEntry:
    entry = LedgerEntry(
        key=f"test:{uuid.uuid4()}", kind="test", booked_on=date(2026, 11, 24), at=at
    )
    with transaction.atomic():
        Posting.objects.bulk_create(
            Posting(entry=entry, account=Account.BANK, amount_cents=amount)
            for amount in amounts
        )
        entry.save(force_insert=True)
    return entry


def test_an_entry_that_sums_to_zero_is_kept(noon: datetime) -> None:
    entry = write([120_00, -100_00, -20_00], noon)

    assert entry.postings.count() == 3


@pytest.mark.parametrize("amounts", [[1], [100, -99], []])
def test_an_entry_that_does_not_sum_to_zero_is_refused(
    amounts: list[int], noon: datetime
) -> None:
    with pytest.raises(IntegrityError, match="sum to zero"):
        write(amounts, noon)

    assert LedgerEntry.objects.count() == Posting.objects.count() == 0


def test_a_closed_entry_takes_no_more_postings(noon: datetime) -> None:
    entry = write([5, -5], noon)

    with pytest.raises(IntegrityError, match="closed"):
        Posting.objects.create(entry=entry, account=Account.BANK, amount_cents=1)


def test_postings_without_an_entry_do_not_survive_the_commit(noon: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            entry_id=uuid.uuid4(), account=Account.BANK, amount_cents=1
        )

    assert Posting.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fees_posting SET amount_cents = 7",
        "DELETE FROM fees_posting",
        "UPDATE fees_ledgerentry SET kind = 'x'",
        "DELETE FROM fees_ledgerentry",
    ],
)
def test_the_ledger_only_grows(statement: str, noon: datetime) -> None:
    write([5, -5], noon)

    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as c:
        c.execute(statement)

    assert sorted(Posting.objects.values_list("amount_cents", flat=True)) == [-5, 5]
