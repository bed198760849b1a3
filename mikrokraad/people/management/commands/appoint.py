"""`mikrokraad appoint EMAIL --role ROLE`: give somebody a duty, or take it back."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from mikrokraad.core import clock
from mikrokraad.core.errors import refusals_on_the_command_line
from mikrokraad.people import founding, queries, rules
from mikrokraad.people.models import Duty, Unit


class Command(BaseCommand):
    help = "Give somebody a duty, everywhere or in one unit. Safe twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address they sign in with")
        parser.add_argument("--role", required=True, choices=[str(d) for d in Duty])
        parser.add_argument(
            "--unit", help="code of a unit; everywhere when it is left out"
        )
        parser.add_argument("--given-name", default="", help="of somebody new")
        parser.add_argument("--family-name", default="", help="of somebody new")
        parser.add_argument(
            "--language",
            default="et",
            choices=[code for code, _n in settings.LANGUAGES],
        )
        parser.add_argument("--end", action="store_true", help="take the duty back")

    def handle(self, *, role: str, unit: str | None, **options: Any) -> None:  # noqa: ANN401
        if queries.institution() is None:
            raise CommandError("There is no university yet: mikrokraad found")
        duty, within = Duty(role), _unit(unit)
        with refusals_on_the_command_line():
            email = rules.email(options["email"])
            if options["end"]:
                said = _dismissed(email, duty, within)
            else:
                said = _appointed(email, duty, within, options)
        self.stdout.write(said)


def _unit(code: str | None) -> Unit | None:
    found = queries.unit_at(code) if code else None
    if code and found is None:
        raise CommandError(
            f"There is no unit “{code}”. There are: {', '.join(queries.unit_codes())}."
        )
    return found


def _appointed(
    email: str, duty: Duty, unit: Unit | None, options: dict[str, Any]
) -> str:
    at = clock.now()
    person = founding.person_at(
        email,
        given_name=options["given_name"],
        family_name=options["family_name"],
        language=options["language"],
        at=at,
    )
    _role, given = founding.appoint(person, duty, unit=unit, at=at)
    said = [
        f"{email} {'is now' if given else 'was already'} {duty} {_where(unit)}.",
        f"They sign in with a code by e-mail: {settings.PUBLIC_URL}{reverse('people:sign_in')}",
        "The desk asks them for a second factor too: a passkey or an authenticator app.",
    ]
    if not (person.given_name and person.family_name):
        said.append("Their name is not known yet: they write it on their own page.")
    return "\n".join(said)


def _dismissed(email: str, duty: Duty, unit: Unit | None) -> str:
    person = queries.active_person(email)
    ended = person is not None and founding.dismiss(
        person, duty, unit=unit, at=clock.now()
    )
    return (
        f"{email} is no longer {duty} {_where(unit)}."
        if ended
        else f"{email} was not {duty} {_where(unit)}; nothing was changed."
    )


def _where(unit: Unit | None) -> str:
    return f"in {unit.code}" if unit else "everywhere"
