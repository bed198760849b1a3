"""What only PostgreSQL can show: two clerks at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.credentials import actions, invariants
from mikrokraad.credentials.models import Credential, CredentialSeries
from mikrokraad.credentials.tests import factories
from mikrokraad.credentials.tests.factories import ISSUED

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 6


def at_once(work: Callable[[int], object], times: int) -> list[object]:
    """Run `work` in as many threads, started together."""
    results: list[object] = [None] * times
    gate = threading.Barrier(times)

    def one(place: int) -> None:
        gate.wait()
        try:
            results[place] = work(place)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_clerks_at_once_make_one_certificate() -> None:
    completion = factories.completion()

    made = at_once(
        lambda _place: actions.issue(completion, by=None, at=ISSUED).number, CLERKS
    )

    assert made == ["2026-00001"] * CLERKS
    assert Credential.objects.count() == 1
    assert CredentialSeries.objects.get().last == 1


def test_many_learners_at_once_get_numbers_without_gaps() -> None:
    run = catalogue.run()
    completions = [
        factories.completion(factories.learner(f"Anna{n}"), run) for n in range(CLERKS)
    ]

    at_once(lambda place: actions.issue(completions[place], by=None, at=ISSUED), CLERKS)

    sequences = Credential.objects.order_by("sequence").values_list(
        "sequence", flat=True
    )
    assert list(sequences) == list(range(1, CLERKS + 1))
    assert list(invariants.broken(at=ISSUED)) == []
