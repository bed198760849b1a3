"""`mikrokraad export_ehis FILE`: our programmes in the national register's format."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from mikrokraad.catalogue.ehis.exporting import exported
from mikrokraad.core import clock


class Command(BaseCommand):
    help = "Write programmes that have a register code as the register's open data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to write")

    def handle(self, *_args: str, file: Path, **_o: Any) -> None:  # noqa: ANN401
        with translation.override("en"):
            made = exported(on=clock.today())
        text = json.dumps(made.content, ensure_ascii=False, indent=1)
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        for line in made.left_out:
            self.stdout.write(f"left out: {line}")
        self.stdout.write(
            f"{made.content['record_count']} programmes are in {file}, "
            f"{len(made.left_out)} were left out."
        )
