"""`mikrokraad import_places FILE`: take over the study system's list of degree students."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on_the_command_line
from mikrokraad.seats import actions
from mikrokraad.seats.lists import MOST_BYTES, Done, Line, counts, read_csv


class Command(BaseCommand):
    help = (
        "Give degree students their places in course sections, from the study system's "
        "list (CSV: section, term, student, since). Safe twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list, CSV in UTF-8")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would happen, change nothing",
        )

    def handle(self, *_args: str, file: Path, dry_run: bool, **_o: Any) -> None:  # noqa: ANN401
        at = clock.now()
        with refusals_on_the_command_line(), translation.override("en"):
            lists = read_csv(_data(file), at=at)
            lines = actions.import_places(lists, by=None, at=at, dry_run=dry_run)
        for line in lines:
            self.stdout.write(_told(line))
        found = counts(lines)
        summary = ", ".join(f"{number} {done}" for done, number in found.items())
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{summary}.")
        if found[Done.REFUSED]:
            raise CommandError(
                f"{found[Done.REFUSED]} records were refused; the others "
                f"{'would be' if dry_run else 'are'} in. Correct those and run this again."
            )


def _told(line: Line) -> str:
    parts = [line.section, line.student, line.done.value, line.why]
    return "  ".join(part for part in parts if part)


def _data(file: Path) -> bytes:
    """The file, and one byte more than a list may have."""
    try:
        with file.open("rb") as read:
            return read.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
