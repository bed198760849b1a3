"""A crowd sends its applications in one moment: thirty get a place, nobody is lost."""

import pytest
from hypothesis import settings

from bench import crowd, rush
from bench.rush import PLACES
from bench.storm import Storm
from mikrokraad.admissions.models import Application
from mikrokraad.catalogue.models import Run
from mikrokraad.config import rounds
from mikrokraad.core import clock
from mikrokraad.core.models import OutboxMessage
from mikrokraad.seats import waiting

pytestmark = pytest.mark.django_db(transaction=True)
FULL = settings().max_examples >= 2000  # by `make soak`
MANY = 2000 if FULL else 200
THREADS = 4  # of the web server: so many may be between their moment and their place


def broken() -> list[str]:
    found = rounds.invariants(at=clock.now())
    return [sentence for _code, _title, sentences in found for sentence in sentences]


def nobody_is_lost(run: Run, many: int) -> None:
    """Thirty have a place; all others wait, in the order of the moment they sent it."""
    sent = Application.objects.filter(run=run)
    placed = sent.filter(state="offered", bundle__isnull=False)
    waits = sent.filter(state="waitlisted", bundle=None)
    assert (placed.count(), waits.count()) == (PLACES, many - PLACES)
    in_order = list(waits.order_by("submitted_at").values_list("person", flat=True))
    assert [each.person_id for each in waiting.waiting_people(run)] == in_order
    last = placed.order_by("-submitted_at")[0].submitted_at
    assert waits.filter(submitted_at__lt=last).count() < THREADS


def letters_once(run: Run) -> None:
    """Everybody has the receipt, and either an offer or word of the waiting list."""
    for application in Application.objects.filter(run=run):
        of = OutboxMessage.objects.filter(
            about=f"admissions.Application:{application.pk}"
        )
        second = "waiting" if application.state == "waitlisted" else "offer"
        kinds = sorted(key.split(":")[1] for key in of.values_list("key", flat=True))
        assert kinds == sorted(["received", second]), application


def everybody_was_told(storm: Storm, many: int) -> None:
    assert storm.answered(302) == many
    assert {each.tries for each in storm.told} == {1}


def test_exactly_thirty_of_a_crowd_get_a_place() -> None:
    run = crowd.instant_run(PLACES, many=MANY)

    ours = rush.sent(run, MANY)

    everybody_was_told(ours, MANY)
    nobody_is_lost(run, MANY)
    letters_once(run)
    assert broken() == []
