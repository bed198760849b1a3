"""Invoice numbers under concurrency: consecutive, without a gap, even when some fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from mikrokraad.catalogue.models import Run
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.fees import invariants
from mikrokraad.fees.actions import agree
from mikrokraad.fees.models import Invoice
from mikrokraad.fees.rules import Payer
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people

CLIENTS = 50


def agree_or_fail(run: Run, person: Person, *, fail: bool) -> None:
    try:
        with transaction.atomic():
            agree(run, person, payer=Payer(), by=None, at=clock.now())
            transaction.set_rollback(fail)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_gap() -> None:
    people.institution()
    run = catalogue.run()
    crowd = [people.person() for _n in range(CLIENTS)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        work = [
            pool.submit(agree_or_fail, run, person, fail=n % 5 == 0)
            for n, person in enumerate(crowd)
        ]
        for each in work:
            each.result()

    sequences = sorted(Invoice.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, CLIENTS - CLIENTS // 5 + 1))
    assert list(invariants.broken(at=clock.now())) == []
