"""`mikrokraad worker`: deliver the outbox, seal the register, let the clocks run."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mikrokraad.config import rounds


class Command(BaseCommand):
    help = "Do background work until told to stop. Any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then leave")

    def handle(self, *, once: bool, **options: Any) -> None:  # noqa: ANN401
        if once:
            for line in rounds.one_round():
                self.stdout.write(line)
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        rounds.beside(stop)
        rounds.until(stop)
