"""What the worker does, round by round: outbox, register, clocks; and the invariants.

A room that has clocks has `clocks.py` with `tick(at)`; a room that has something that
must never be false has `invariants.py` with `CHECKED` and `broken(at)`.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import structlog
from django.apps import apps
from django.db import close_old_connections

from mikrokraad.catalogue.search.current import keep_up
from mikrokraad.core import clock, outbox
from mikrokraad.people.register import seal_register

log = structlog.get_logger()

PAUSE_SECONDS = 1.0
ROUNDS_PER_TICK = 15
ROUNDS_PER_WHOLE_SEAL = 300


def _parts(name: str) -> list[ModuleType]:
    """The rooms' modules of this name, lowest room first."""
    rooms = [
        config.name
        for config in reversed(list(apps.get_app_configs()))
        if config.name.startswith("mikrokraad.")
    ]
    return [
        import_module(f"{room}.{name}") for room in rooms if find_spec(f"{room}.{name}")
    ]


def tick(*, at: datetime) -> list[str]:
    """Let each room's clocks run; what they did, a sentence each."""
    return [line for part in _parts("clocks") for line in part.tick(at=at)]


def invariants(*, at: datetime) -> Iterator[tuple[str, str, list[str]]]:
    """Each invariant: its code, its title, and a sentence for each breach."""
    for part in _parts("invariants"):
        found: defaultdict[str, list[str]] = defaultdict(list)
        for code, sentence in part.broken(at=at):
            found[code].append(sentence)
        for code, title in part.CHECKED.items():
            yield code, title, found[code]


def one_round() -> list[str]:
    """Everything a worker has to do, once."""
    at = clock.now()
    done = tick(at=at)
    sent = outbox.deliver_due(at=at)
    sealed = seal_register()
    return [*done, f"{sent} messages sent, {sealed} register rows sealed."]


def until(stop: threading.Event) -> None:
    """Deliver and seal every second until `stop`; every quarter of a minute let the
    clocks tick."""
    count = 0
    while not stop.is_set():
        close_old_connections()
        try:
            if count % ROUNDS_PER_TICK == 0:
                tick(at=clock.now())
            sent = outbox.deliver_due(at=clock.now())
            seal_register(whole=count % ROUNDS_PER_WHOLE_SEAL == 0)
        except Exception:
            log.exception("worker.round_failed")
            sent = 0
        count += 1
        if not sent:
            stop.wait(PAUSE_SECONDS)


def search_until(stop: threading.Event) -> None:
    """Build the search index whenever the catalogue has changed, until `stop`."""
    while not stop.is_set():
        close_old_connections()
        try:
            keep_up()
        except Exception:
            log.exception("worker.indexing_failed")
        stop.wait(PAUSE_SECONDS * ROUNDS_PER_TICK)


def beside(stop: threading.Event) -> threading.Thread:
    """The search index in a thread of its own: minutes of it must not keep letters.

    It ends with the process; a file half written is built anew.
    """
    thread = threading.Thread(target=search_until, args=[stop], daemon=True)
    thread.start()
    return thread
