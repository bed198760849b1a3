"""`mikrokraad import_ehis FILE`: take over the national register's records."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from mikrokraad.catalogue.ehis.files import Contents, NotARegisterFile, contents
from mikrokraad.catalogue.ehis.taking_over import Done, Line, import_file
from mikrokraad.core import clock
from mikrokraad.people.models import Unit


class Command(BaseCommand):
    help = "Import programmes from the open data of the national register (EHIS)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the register's JSON file")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would happen, change nothing",
        )
        parser.add_argument(
            "--unit",
            help="code of the unit that gets new programmes; the first one when left out",
        )

    def handle(
        self,
        *_args: str,
        file: Path,
        dry_run: bool,
        unit: str | None,
        **_o: Any,  # noqa: ANN401
    ) -> None:
        owner = _unit(unit)
        with translation.override("en"):
            lines = import_file(
                _contents(file), unit=owner, by=None, at=clock.now(), dry_run=dry_run
            )
        for line in lines:
            self.stdout.write(_told(line))
        counts = Counter(line.done for line in lines)
        summary = ", ".join(f"{counts[done]} {done}" for done in Done)
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{summary}.")
        if counts[Done.REFUSED]:
            raise CommandError(
                f"{counts[Done.REFUSED]} of {len(lines)} records were refused; the others "
                f"{'would be' if dry_run else 'are'} in. Correct those and run this again."
            )


def _told(line: Line) -> str:
    about = "".join(f"\n    {each}" for each in line.about)
    return f"{line.code}  {line.done}  {line.title}{about}"


def _unit(code: str | None) -> Unit:
    units = Unit.objects.order_by("parent__code", "code")
    found = (units.filter(code=code) if code else units).first()
    if found is None:
        raise CommandError(
            f"There is no unit “{code}”."
            if code
            else "There is no university yet: mikrokraad found"
        )
    return found


def _contents(file: Path) -> Contents:
    try:
        return contents(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not JSON: {error}.") from None
    except NotARegisterFile as error:
        raise CommandError(f"{file} {error}. Nothing was changed.") from None
