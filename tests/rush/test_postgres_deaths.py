"""Web servers and workers are killed in the middle of the rush: nothing is half done.

Everybody presses again until there is an answer, as people do. The mail goes nowhere,
so that it counts how often each letter was taken for delivery.
"""

import random
import threading

import pytest
from hypothesis import settings

from bench import crowd, serving
from bench.rush import PLACES
from bench.storm import storm
from mikrokraad.core import clock, outbox
from mikrokraad.core.models import Delivery, OutboxMessage
from mikrokraad.core.outbox import TAKEN_FOR
from tests.rush.test_postgres_rush import broken, letters_once, nobody_is_lost

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = max(4, settings().max_examples // 10)  # 200 by `make soak`
A_RUSH, KILLS_A_RUSH = 60, 4
SOONEST, LATEST = 0.05, 1.5  # seconds a process lives once it is up


class Reaper(threading.Thread):
    """Kills the web server or the worker at random moments, and starts it again."""

    def __init__(self, chance: random.Random, port: int) -> None:
        super().__init__()
        self.chance, self.port = chance, port
        self.web, self.worker = serving.web(port), serving.worker()
        self.over = threading.Event()
        self.kills = 0

    def run(self) -> None:
        while not self.over.is_set() and self.kills < KILLS_A_RUSH:
            self.over.wait(self.chance.uniform(SOONEST, LATEST))
            self.die(self.web if self.chance.random() < 0.7 else self.worker)

    def die(self, part: serving.Part) -> None:
        part.kill()
        self.kills += 1
        part.start()
        if part is self.web:
            serving.wait_for(self.port, part)

    def __enter__(self) -> "Reaper":
        self.web.start()
        self.worker.start()
        serving.wait_for(self.port, self.web)
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.join()
        for part in (self.web, self.worker):
            part.kill()


def everything_sent() -> None:
    """The next worker, after the letters that the dead one had taken are due again."""
    while outbox.deliver_due(at=clock.now() + 2 * TAKEN_FOR):
        pass
    assert not OutboxMessage.objects.exclude(state=Delivery.SENT).exists()


def one_rush(seed: int) -> int:
    """How many were killed."""
    run = crowd.instant_run(PLACES, many=A_RUSH)
    presses = crowd.presses(crowd.crowd(run, A_RUSH), at=clock.now())
    with Reaper(random.Random(seed), serving.free_port()) as reaper:
        done = storm(reaper.port, presses)
    assert done.answered(302) == A_RUSH, seed
    everything_sent()
    nobody_is_lost(run, A_RUSH)
    letters_once(run)
    assert broken() == [], seed
    return reaper.kills


def test_killed_at_random_points_everything_is_whole_and_told_once() -> None:
    killed, seed = 0, 0
    while killed < KILLS:
        killed += one_rush(seed)
        seed += 1
    print(f"\n{killed} killed in {seed} rushes")  # noqa: T201 -- the figure
