"""`mikrokraad tick`: let every clock of the system run once."""

from typing import Any

from django.core.management.base import BaseCommand

from mikrokraad.config import rounds
from mikrokraad.core import clock


class Command(BaseCommand):
    help = "Lapse, expire, remind and offer on, as of now. Safe at any time, twice."

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        done = rounds.tick(at=clock.now())
        for line in done:
            self.stdout.write(line)
        if not done:
            self.stdout.write("Nothing was due.")
