"""`mikrokraad found`: name the university of this installation."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mikrokraad.core import clock
from mikrokraad.core.errors import Refusal, refusals_on_the_command_line
from mikrokraad.people import founding, queries, rules
from mikrokraad.people.models import Institution


@dataclass(frozen=True)
class Asked:
    """One thing to know: its option, and the question when that is left out."""

    option: str
    question: str
    check: Callable[[str], str] = str.strip
    may_be_empty: bool = False


ASKED = [
    Asked("name-et", "Name in Estonian"),
    Asked("name-en", "Name in English"),
    Asked("short", "Short name, such as UT (the code of its first unit)"),
    Asked("registry-code", "Code in the business register"),
    Asked("vat-number", "VAT number, or nothing", rules.vat_number, may_be_empty=True),
    Asked("place", "Town, as a certificate names it"),
    Asked("address", "Postal address"),
    Asked("email", "Address for questions, shown on every page", rules.email),
    Asked("iban", "Account that fees are paid to (IBAN)", rules.iban),
]
IN_ONE_WORDING = ("place", "address")
PLAIN = ("registry-code", "vat-number", "email", "iban")


class Command(BaseCommand):
    help = (
        "Name the university of this installation; asks for what is left out. "
        "Again: changes what is told otherwise, and says what is there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for asked in ASKED:
            parser.add_argument(f"--{asked.option}", help=asked.question)

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        answers = {
            asked.option: options[asked.option.replace("-", "_")] for asked in ASKED
        }
        told = {option: text for option, text in answers.items() if text is not None}
        known = queries.institution()
        with refusals_on_the_command_line():
            if known is None:
                told = _complete(told)
            kept, changed = founding.found_institution(
                short=told.get("short", ""), at=clock.now(), **_facts(told, known)
            )
        self.stdout.write(_done(known, changed))
        for line in _what_is_there(kept):
            self.stdout.write(line)


def _complete(told: dict[str, str]) -> dict[str, str]:
    """With answers to what was left out; nobody to ask is an error."""
    left_out = [asked for asked in ASKED if not told.get(asked.option, "").strip()]
    needed = [f"--{asked.option}" for asked in left_out if not asked.may_be_empty]
    if needed and not sys.stdin.isatty():
        raise CommandError(f"This is missing: {', '.join(needed)}.")
    if not needed:
        return told
    return {**told, **{asked.option: _answer(asked) for asked in left_out}}


def _answer(asked: Asked) -> str:
    """Ask until there is an answer that can be kept."""
    while True:
        typed = input(f"{asked.question}: ").strip()
        try:
            answer = asked.check(typed)
        except Refusal as refusal:
            sys.stdout.write(f"{refusal.message}\n")
        else:
            if answer or asked.may_be_empty:
                return answer


def _facts(told: dict[str, str], known: Institution | None) -> founding.Told:
    facts: dict[str, object] = {
        option.replace("-", "_"): told[option] for option in PLAIN if option in told
    }
    for option in IN_ONE_WORDING:
        if option in told:
            facts[option] = dict.fromkeys(("et", "en"), told[option])
    names = {
        language: told[f"name-{language}"]
        for language in ("et", "en")
        if f"name-{language}" in told
    }
    if names:
        facts["name"] = {**(known.name if known else {}), **names}
    if known is None:
        facts["country"] = settings.INSTITUTION_COUNTRY
    return cast(founding.Told, facts)


def _done(known: Institution | None, changed: list[str]) -> str:
    if known is None:
        return "The university is founded."
    return f"Changed: {', '.join(changed)}." if changed else "Nothing was changed."


def _what_is_there(kept: Institution) -> list[str]:
    """The institution, its units and staff, and the step that comes next."""
    staff = queries.staff_by_duty()
    return [
        f"  {kept.name.get('et')} | {kept.name.get('en')}",
        f"  registry code {kept.registry_code}, VAT number {kept.vat_number or 'none'}",
        f"  {kept.address.get('et')}; {kept.email}; {kept.iban}",
        f"  units: {', '.join(queries.unit_codes())}",
        *(f"  {duty}: {', '.join(addresses)}" for duty, addresses in staff.items()),
        "Next: mikrokraad import_ehis FILE takes over the programmes of the register."
        if "officer" in staff
        else "Next: mikrokraad appoint EMAIL --role officer",
    ]
