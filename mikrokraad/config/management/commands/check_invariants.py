"""`mikrokraad check_invariants`: is everything true that must never be false?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from mikrokraad.config import rounds
from mikrokraad.core import clock


class Command(BaseCommand):
    help = (
        "Verify every invariant on this database; a line each, exit 1 if one is broken."
    )

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        broken = False
        for code, title, sentences in rounds.invariants(at=clock.now()):
            self.stdout.write(f"{'BROKEN' if sentences else 'holds '} {code} {title}")
            for sentence in sentences[:20]:
                self.stdout.write(f"       {sentence}")
            broken = broken or bool(sentences)
        if broken:
            sys.exit(1)
