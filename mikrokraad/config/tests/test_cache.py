"""What all web processes share: how often somebody has tried, and who has signed in."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from mikrokraad.config import rounds
from mikrokraad.core.models import CachedValue

# A web process of its own, which is asked for a code; it says what its page said.
ANOTHER_PROCESS = """
import django
django.setup()
from django.test import Client
page = Client(SERVER_NAME="localhost").post("/en/sign-in/", {"email": "liis@example.org"})
print("refused" if b"several codes already" in page.content else page.status_code)
"""
CODES_AT_ONCE = 3  # allauth's request_login_code: three a minute to one address


def address_of_the_database() -> str:
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgres://{said['USER']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def asked_in_another_process() -> str:
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS],
        env={
            **os.environ,
            "DATABASE_URL": address_of_the_database(),
            "DJANGO_SETTINGS_MODULE": "mikrokraad.config.settings_test",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.django_db(transaction=True)
def test_tries_are_counted_over_all_web_processes() -> None:
    said = [asked_in_another_process() for _n in range(CODES_AT_ONCE + 1)]

    assert said == ["302", "302", "302", "refused"]


@pytest.mark.django_db
def test_what_expired_goes_and_the_rest_stays(noon: datetime) -> None:
    cache.set("soon", 1, 60)
    cache.set("later", 2, 3600)

    rounds.tick(at=noon + timedelta(minutes=2))

    assert [row.cache_key for row in CachedValue.objects.all()] == [":1:later"]
    assert cache.get("later") == 2


@pytest.mark.django_db
def test_sessions_that_expired_go_and_the_others_stay(noon: datetime) -> None:
    for seconds in (60, 3600):
        session = SessionStore()
        session.set_expiry(seconds)
        session.save()

    with time_machine.travel(noon + timedelta(minutes=2), tick=False):
        rounds.tick(at=noon)

    [kept] = Session.objects.all()
    assert kept.expire_date == noon + timedelta(hours=1)
