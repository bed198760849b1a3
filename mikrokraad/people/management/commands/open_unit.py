"""`mikrokraad open_unit CODE`: a faculty, institute or college."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mikrokraad.core import clock
from mikrokraad.people import founding, queries


class Command(BaseCommand):
    help = "Open a unit of the university. Safe twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="its short code, such as LTAT")
        parser.add_argument("--name-et", required=True, help="its name in Estonian")
        parser.add_argument("--name-en", required=True, help="its name in English")
        parser.add_argument("--parent", help="code of the unit that it belongs to")

    def handle(self, *, code: str, parent: str | None, **options: Any) -> None:  # noqa: ANN401
        above = queries.unit_at(parent) if parent else None
        if parent and above is None:
            raise CommandError(
                f"There is no unit “{parent}”. There are: {', '.join(queries.unit_codes())}."
            )
        name = {"et": options["name_et"], "en": options["name_en"]}
        _unit, made = founding.open_unit(code, name=name, parent=above, at=clock.now())
        self.stdout.write(
            f"Unit {code} is open." if made else f"Unit {code} was there already."
        )
