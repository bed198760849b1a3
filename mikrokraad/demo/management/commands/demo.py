"""`mikrokraad demo`: a lived-in university, the same every time."""

import gc
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mikrokraad.catalogue.models import Programme
from mikrokraad.core import clock
from mikrokraad.demo.seed import lives, report, university
from mikrokraad.people.models import Person


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration university."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--programmes", type=int, help="how many; all when left out"
        )
        parser.add_argument("--learners", type=int, default=120, help="how many, about")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are people"
        )

    def handle(
        self,
        *_args: str,
        programmes: int | None,
        learners: int,
        if_empty: bool,
        **_o: str,
    ) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Set DEMO=yes first: this fills the database with examples."
            )
        if Person.objects.exists():
            if if_empty:
                report.say_address()
                return
            raise CommandError(
                "The database is not empty. Empty it first: mikrokraad flush"
            )
        gc.freeze()  # what is loaded already is not looked through again and again
        at = clock.now()
        with transaction.atomic():
            made = university.build(at=at, today=clock.today(), programmes=programmes)
            certificates = lives.live(made, learners=learners)
        report.write(made, certificates)
        self.stdout.write(
            f"The demonstration university is ready: {Programme.objects.count()} programmes, "
            f"{Person.objects.count()} people."
        )
