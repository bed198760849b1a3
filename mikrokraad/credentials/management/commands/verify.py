"""`mikrokraad verify FILE…`: is it genuine, whose is it, does it still hold? Without network."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from mikrokraad.core import clock
from mikrokraad.credentials import verification, wording
from mikrokraad.credentials.verification import INVALID, UNDECIDED, VALID, Trust


class Command(BaseCommand):
    help = (
        "Verify certificates (JSON or PDF) without network. Exit 0: valid; 1: invalid or "
        "revoked; 3: could not be decided, because issuer or status is not known here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--issuer",
            action="append",
            default=[],
            type=Path,
            metavar="DID.JSON",
            help="trust these keys instead of the local database",
        )
        parser.add_argument(
            "--status",
            action="append",
            default=[],
            type=Path,
            metavar="LIST.JSON",
            help="a status list, signed by the issuer",
        )

    def handle(self, *, files: list[Path], **options: Any) -> None:  # noqa: ANN401
        trust = _trust(options["issuer"], options["status"])
        with translation.override("en"):
            codes = {self._verify(file, trust) for file in files}
        worst = next((code for code in (INVALID, UNDECIDED) if code in codes), VALID)
        if worst != VALID:
            sys.exit(worst)

    def _verify(self, file: Path, trust: Trust) -> int:
        answer = verification.examine(_read(file), trust, at=clock.now())
        _kind, headline = wording.told(answer)
        self.stdout.write(f"{file}: {headline} ({answer.outcome})")
        if answer.facts:
            facts = answer.facts
            self.stdout.write(f"  who     {facts['learner_name']}")
            self.stdout.write(f"  what    {facts['title']}, {facts['workload']}")
            self.stdout.write(
                f"  when    {facts['issued_on']}, number {facts['number']}"
            )
            self.stdout.write(f"  by      {facts['awarding_body']}, {answer.issuer}")
        for check, line in zip(answer.checks, wording.lines(answer), strict=True):
            mark = "yes" if check.passed else "NO "
            self.stdout.write(f"  {mark}     {line.text}")
            if not check.passed:
                self.stdout.write(f"          {line.note} ({check.reason})")
        return answer.exit_code


def _trust(issuers: list[Path], lists: list[Path]) -> Trust:
    if lists and not issuers:
        raise CommandError("--status needs --issuer: whose list is it?", returncode=2)
    if not issuers:
        return verification.from_here()
    try:
        return verification.from_files(
            [_read(each) for each in issuers],
            [_read(each) for each in lists],
            at=clock.now(),
        )
    except verification.CannotTrust as error:
        raise CommandError(str(error), returncode=2) from error


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(verification.MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(
            f"{file} cannot be read: {error.strerror}.", returncode=2
        ) from error
