"""A crowd that is signed in, each with a complete draft for one run, made in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import translation

from mikrokraad.admissions.models import Application
from mikrokraad.catalogue.models import Intake, Run
from mikrokraad.catalogue.rules import AdmissionMode
from mikrokraad.catalogue.tests import factories as catalogue
from mikrokraad.core import clock
from mikrokraad.people.models import Person
from mikrokraad.people.tests import factories as people
from mikrokraad.seats.tests.factories import open_places

TOKEN = "cross" + "Site" * 6 + "two"  # 32 letters, as Django makes them
DAY = timedelta(days=1)
SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button by somebody signed in: a whole request as it is sent."""

    person: UUID
    request: bytes


def instant_run(places: int, *, many: int) -> Run:
    """First come, first served, open now; courses have room for everybody."""
    at, term = clock.now(), catalogue.term()
    ahead = {
        "opens_at": at - DAY,
        "own_deadline": (at + 30 * DAY).date(),
        "starts_on": (at + 90 * DAY).date(),
        "ends_on": (at + 200 * DAY).date(),
    }
    facts = {"name": catalogue.both("The rush"), "default_deadline": date(2027, 1, 21)}
    intake = Intake.objects.get_or_create(term=term, defaults=facts)[0]
    run = catalogue.run(intake=intake, admission_mode=AdmissionMode.INSTANT, **ahead)
    open_places(run, places, in_sections=many)
    return run


def crowd(run: Run, many: int) -> list[Application]:
    """`many` people with a draft that has every answer."""
    people.institution()
    at, first = clock.now(), people.person()
    new = [
        Person(
            email=f"crowd.{run.pk.hex}.{n}@example.org",
            password=first.password,
            given_name="Liis",
            family_name="Maasikas",
            birth_date=date(1990, 2, 10),
            created_at=at,
            language=("et", "en")[n % 2],
        )
        for n in range(many)
    ]
    Person.objects.bulk_create(new)
    return Application.objects.bulk_create(
        Application(
            person=person,
            run=run,
            education="higher",
            education_about="Tartu, law, 2012",
            payer_kind="self",
            started_at=at,
            changed_at=at,
            move_by=at + 30 * DAY,
        )
        for person in new
    )


def cookies(persons: Sequence[Person], *, at: datetime) -> list[str]:
    """Everybody's Cookie header: a session of their own."""
    store = SessionStore()
    rows = []
    for person in persons:
        key = user_id_to_str(person)
        method = [{"method": "code", "at": at.timestamp()}]
        data = {
            SESSION_KEY: key,
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            AUTHENTICATION_METHODS_SESSION_KEY: method,
            f"{AUTHENTICATION_METHODS_SESSION_KEY}_user": key,
        }
        rows.append(
            Session(
                session_key=f"rush{person.pk.hex[:28]}",
                session_data=store.encode(data),
                expire_date=at + 14 * DAY,
            )
        )
    Session.objects.bulk_create(rows, ignore_conflicts=True)
    session, token = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
    return [f"{session}={row.session_key}; {token}={TOKEN}" for row in rows]


def post(path: str, cookie: str) -> bytes:
    body = urlencode({"csrfmiddlewaretoken": TOKEN})
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: localhost",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", body]).encode()


def presses(applications: Sequence[Application], *, at: datetime) -> list[Press]:
    """Everybody's press of the button that sends their application."""
    given = cookies([each.person for each in applications], at=at)
    with translation.override("en"):
        return [
            Press(each.person_id, post(reverse("admissions:submit", args=[each.pk]), c))
            for each, c in zip(applications, given, strict=True)
        ]


def bare_presses(run: Run, persons: Sequence[Person], *, at: datetime) -> list[Press]:
    """The same people, each taking a seat at the bare endpoint."""
    given = cookies(persons, at=at)
    return [
        Press(person.pk, post(f"/seat/{run.pk}/{person.pk}/", cookie))
        for person, cookie in zip(persons, given, strict=True)
    ]
